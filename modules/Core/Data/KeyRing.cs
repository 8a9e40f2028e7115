using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EduAssist.Kernel.Provisions;
using Microsoft.EntityFrameworkCore;

namespace EduAssist.Data;

/// <summary>
/// Encrypts columns with AES-256-GCM, and makes blind indexes (HMAC-SHA256) by which an encrypted value can be found
/// but not read. The latest key encrypts, every key of the ring decrypts. A key that another process has added is found
/// when a command begins (<see cref="RefreshAsync"/>), or when a value names it.
/// </summary>
/// <remarks>
/// An encrypted value: 1 byte format, 2 bytes key, 12 bytes nonce, 16 bytes tag, cipher text. What it was encrypted for
/// is authenticated with it.
/// </remarks>
public sealed class KeyRing
{
    internal const int SealKey = -1,
        IndexKey = 0,
        KeyBytes = 32,
        TagBytes = 16,
        HeaderBytes = NonceAt;
    private const int NonceAt = 3,
        TagAt = 15,
        TextAt = 31;
    private const byte Format = 1;

    private readonly Lock loading = new();
    private Keys ring = new(0, new Dictionary<int, DataKey>());
    private byte[] index = [],
        master = [];
    private Dictionary<AuditMark, byte[]> marks = [];
    private Func<AppDbContext>? open;

    /// <summary>
    /// The first bytes of every value that the latest key has encrypted: by them a rotation finds the others.
    /// </summary>
    internal byte[] Header
    {
        get
        {
            var header = new byte[HeaderBytes];
            header[0] = Format;
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(1), (ushort)ring.Latest);
            return header;
        }
    }

    /// <summary>Encrypts.</summary>
    /// <param name="plain">Anything.</param>
    /// <param name="purpose">
    /// What is encrypted: <c>Student.Phone</c>. It is authenticated (AAD), so the same text is needed to decrypt.
    /// </param>
    internal byte[] Encrypt(ReadOnlySpan<byte> plain, string purpose)
    {
        var now = ring;
        var cipher = new byte[TextAt + plain.Length];
        cipher[0] = Format;
        BinaryPrimitives.WriteUInt16BigEndian(cipher.AsSpan(1), (ushort)now.Latest);
        RandomNumberGenerator.Fill(cipher.AsSpan(NonceAt, TagAt - NonceAt));
        now.All[now.Latest]
            .Encrypt(
                cipher.AsSpan(NonceAt, TagAt - NonceAt),
                plain,
                cipher.AsSpan(TextAt),
                cipher.AsSpan(TagAt, TextAt - TagAt),
                Encoding.UTF8.GetBytes(purpose)
            );
        return cipher;
    }

    /// <summary>Decrypts.</summary>
    /// <exception cref="CryptographicException">
    /// It was altered, moved, or encrypted with a key that is not in the ring.
    /// </exception>
    internal byte[] Decrypt(ReadOnlySpan<byte> cipher, string purpose)
    {
        if (
            cipher.Length < TextAt
            || cipher[0] != Format
            || KeyOf(BinaryPrimitives.ReadUInt16BigEndian(cipher[1..])) is not { } key
        )
            throw new CryptographicException($"{purpose}: no key of the ring fits.");
        var plain = new byte[cipher.Length - TextAt];
        key.Decrypt(
            cipher[NonceAt..TagAt],
            cipher[TextAt..],
            cipher[TagAt..TextAt],
            plain,
            Encoding.UTF8.GetBytes(purpose)
        );
        return plain;
    }

    internal byte[] EncryptText(string plain, string purpose) => Encrypt(Encoding.UTF8.GetBytes(plain), purpose);

    internal string DecryptText(byte[] cipher, string purpose) => Encoding.UTF8.GetString(Decrypt(cipher, purpose));

    /// <summary>
    /// A keyed hash by which an encrypted text is found: equal texts of one purpose have equal hashes, and without the
    /// key nobody can compute one to try numbers.
    /// </summary>
    public byte[] BlindIndexOf(string text, string purpose) =>
        HMACSHA256.HashData(index, Encoding.UTF8.GetBytes($"{purpose}\0{text}"));

    /// <summary>The same of bytes, which begin with their purpose.</summary>
    internal byte[] BlindIndexOf(ReadOnlySpan<byte> bytes) => HMACSHA256.HashData(index, bytes);

    /// <summary>
    /// A mark of the audit (HMAC). Its key is derived from the master key, which the database never holds: whoever can
    /// only write to the database cannot forge one. Each kind of mark has a key of its own, so that none passes for
    /// another.
    /// </summary>
    internal byte[] Mark(AuditMark kind, ReadOnlySpan<byte> what) => HMACSHA256.HashData(marks[kind], what);

    /// <summary>The marks of a ring that lies elsewhere: in a backup.</summary>
    /// <param name="master">The master key.</param>
    /// <param name="stored">Its keys.</param>
    internal static KeyRing OfMarks(byte[] master, IReadOnlyCollection<(int Id, byte[] Wrapped)> stored)
    {
        var made = new KeyRing();
        made.DeriveMarks(master, stored);
        return made;
    }

    /// <summary>
    /// Reads the ring, or begins one, and with it the audit's chain: from then on a database without the end of a chain
    /// is one from which it was taken.
    /// </summary>
    /// <param name="opens">The database, where the wrapped keys are.</param>
    /// <param name="masterKey">Asked for once: the master key; whether the ring exists already.</param>
    /// <param name="now">When a new key is made.</param>
    /// <exception cref="OperatorException">The master key is not the one that the ring was made with.</exception>
    internal void Load(Func<AppDbContext> opens, Func<bool, byte[]> masterKey, DateTimeOffset now)
    {
        open = opens;
        using var db = opens();
        var stored = db.Set<EncryptionKey>().ToList();
        master = masterKey(stored.Count > 0);
        var isNew = stored.Count == 0;
        if (isNew)
        {
            stored = [.. Enumerable.Range(IndexKey, 2).Select(id => New(id, now))];
            db.AddRange(stored);
        }

        DeriveMarks(master, [.. stored.Select(k => (k.Id, k.Wrapped))]);
        Take(stored);
        if (!isNew)
            return;
        // whoever took the keys away, and left an audit, gets no beginning for it
        if (!db.Set<AuditEntry>().Any() && !db.Set<AuditSeal>().Any() && !db.Set<AuditHead>().Any())
            db.Add(AuditHead.Create(this, ChainHead.Beginning));
        db.SaveChanges();
    }

    /// <summary>
    /// Takes the keys that were added since. Keys are added under the lock that a command holds, so none is added while
    /// it runs: what it encrypts bears the latest key.
    /// </summary>
    internal async Task RefreshAsync(AppDbContext db)
    {
        if (await db.Set<EncryptionKey>().MaxAsync(k => k.Id) > ring.Latest)
            Reload(db);
    }

    /// <summary>The next key, as it is stored; it encrypts from the next command on.</summary>
    internal EncryptionKey Next(DateTimeOffset now) => New(ring.Latest + 1, now);

    /// <summary>
    /// Wraps every key of a ring with another master key. The key of the audit's seals was derived from the first
    /// master key; from now on it is stored in the ring, wrapped, so that old seals can still be verified.
    /// </summary>
    internal void Rewrap(AppDbContext db, byte[] next, DateTimeOffset now)
    {
        using var wrap = new AesGcm(master, TagBytes);
        using var other = new AesGcm(next, TagBytes);
        var stored = db.Set<EncryptionKey>().ToList();
        foreach (var one in stored)
            one.Wrapped = Wrap(other, one.Id, Unwrap(wrap, one.Id, one.Wrapped));
        if (stored.TrueForAll(k => k.Id != SealKey))
            db.Add(
                new EncryptionKey
                {
                    Id = SealKey,
                    Wrapped = Wrap(other, SealKey, marks[AuditMark.Seal]),
                    CreatedAt = now,
                }
            );
    }

    /// <summary>
    /// The seals' key is that of the first master key. The others are bound to the index key, too, which each database
    /// has of its own: what is marked in one is not taken for what another has marked.
    /// </summary>
    private void DeriveMarks(byte[] by, IReadOnlyCollection<(int Id, byte[] Wrapped)> stored)
    {
        using var wrap = new AesGcm(by, TagBytes);
        index = Unwrap(wrap, IndexKey, stored.Single(k => k.Id == IndexKey).Wrapped);
        var seal = stored.FirstOrDefault(k => k.Id == SealKey) is { Wrapped: { } kept }
            ? Unwrap(wrap, SealKey, kept)
            : HKDF.DeriveKey(HashAlgorithmName.SHA256, by, KeyBytes, info: "audit"u8.ToArray());
        marks = Enum.GetValues<AuditMark>()
            .ToDictionary(
                kind => kind,
                kind =>
                    kind == AuditMark.Seal
                        ? seal
                        : HKDF.DeriveKey(
                            HashAlgorithmName.SHA256,
                            seal,
                            KeyBytes,
                            salt: index,
                            info: Encoding.ASCII.GetBytes($"audit {kind}")
                        )
            );
    }

    private EncryptionKey New(int id, DateTimeOffset now)
    {
        using var wrap = new AesGcm(master, TagBytes);
        return new()
        {
            Id = id,
            Wrapped = Wrap(wrap, id, RandomNumberGenerator.GetBytes(KeyBytes)),
            CreatedAt = now,
        };
    }

    private DataKey? KeyOf(int id)
    {
        if (ring.All.TryGetValue(id, out var known))
            return known;
        using var db = open!();
        Reload(db);
        return ring.All.GetValueOrDefault(id);
    }

    private void Reload(AppDbContext db) => Take([.. db.Set<EncryptionKey>().AsNoTracking()]);

    private void Take(IReadOnlyList<EncryptionKey> stored)
    {
        lock (loading)
        {
            using var wrap = new AesGcm(master, TagBytes);
            var all = stored
                .Where(k => k.Id > IndexKey)
                .ToDictionary(
                    k => k.Id,
                    k => ring.All.GetValueOrDefault(k.Id) ?? new DataKey(Unwrap(wrap, k.Id, k.Wrapped))
                );
            ring = new(all.Keys.Max(), all);
        }
    }

    private static byte[] Wrap(AesGcm wrap, int id, byte[] key)
    {
        var wrapped = new byte[12 + 16 + key.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, 12));
        wrap.Encrypt(
            wrapped.AsSpan(0, 12),
            key,
            wrapped.AsSpan(28),
            wrapped.AsSpan(12, 16),
            Encoding.UTF8.GetBytes($"key {id}")
        );
        return wrapped;
    }

    /// <summary>A key of the ring, by the master key.</summary>
    /// <exception cref="OperatorException">It was wrapped with another one.</exception>
    internal static byte[] Unwrap(AesGcm wrap, int id, byte[] wrapped)
    {
        var plain = new byte[wrapped.Length - 28];
        try
        {
            wrap.Decrypt(
                wrapped.AsSpan(0, 12),
                wrapped.AsSpan(28),
                wrapped.AsSpan(12, 16),
                plain,
                Encoding.UTF8.GetBytes($"key {id}")
            );
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new OperatorException(
                "主密钥与数据库不符：数据库里的密钥是用另一把主密钥加密的。请换回原来的主密钥。"
            );
        }

        return plain;
    }

    /// <summary>
    /// Immutable and replaced as a whole: a thread that reads meanwhile sees the old ring or the new one, never half of
    /// each.
    /// </summary>
    private sealed record Keys(int Latest, IReadOnlyDictionary<int, DataKey> All);

    /// <summary>
    /// A key with a pool of ciphers. <see cref="AesGcm"/> is not thread-safe: used by two threads at once it fails, or
    /// encrypts what cannot be decrypted.
    /// </summary>
    private sealed class DataKey(byte[] key)
    {
        private readonly ConcurrentBag<AesGcm> idle = [];

        internal void Encrypt(
            ReadOnlySpan<byte> nonce,
            ReadOnlySpan<byte> plain,
            Span<byte> cipher,
            Span<byte> tag,
            byte[] purpose
        )
        {
            var one = Take();
            one.Encrypt(nonce, plain, cipher, tag, purpose);
            idle.Add(one);
        }

        internal void Decrypt(
            ReadOnlySpan<byte> nonce,
            ReadOnlySpan<byte> cipher,
            ReadOnlySpan<byte> tag,
            Span<byte> plain,
            byte[] purpose
        )
        {
            var one = Take();
            one.Decrypt(nonce, cipher, tag, plain, purpose); // a cipher that threw does not go back to the pool
            idle.Add(one);
        }

        private AesGcm Take() => idle.TryTake(out var one) ? one : new(key, TagBytes);
    }
}
