using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using EduAssist.Core.Policy;

namespace EduAssist.Core.Storage;

/// <summary>A key of the ring as it is stored: itself encrypted by the master key, which the database never holds.</summary>
internal sealed class EncryptionKey
{
    /// <summary>Counted from 1; <see cref="KeyRing.IndexKey"/> is the one of the blind index. Values name the key that they were encrypted with.</summary>
    public int Id { get; init; }

    public required byte[] Wrapped { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>
/// Encrypts columns with AES-256-GCM, and makes blind indexes (HMAC-SHA256) by which an encrypted value can be found but not read. The latest key
/// encrypts, every key of the ring decrypts.
/// </summary>
/// <remarks>An encrypted value: 1 byte format, 2 bytes key, 12 bytes nonce, 16 bytes tag, cipher text. What it was encrypted for is authenticated with it.</remarks>
public sealed class KeyRing
{
    internal const int IndexKey = 0, KeyBytes = 32, TagBytes = 16;
    private const int NonceAt = 3, TagAt = 15, TextAt = 31;
    private const byte Format = 1;

    private readonly Dictionary<int, AesGcm> keys = [];
    private byte[] index = [], seal = [];
    private int latest;

    /// <summary>Encrypts.</summary>
    /// <param name="plain">Anything.</param>
    /// <param name="purpose">What it is; needed again to decrypt.</param>
    internal byte[] Encrypt(ReadOnlySpan<byte> plain, string purpose)
    {
        var cipher = new byte[TextAt + plain.Length];
        cipher[0] = Format;
        BinaryPrimitives.WriteUInt16BigEndian(cipher.AsSpan(1), (ushort)latest);
        RandomNumberGenerator.Fill(cipher.AsSpan(NonceAt, TagAt - NonceAt));
        keys[latest].Encrypt(cipher.AsSpan(NonceAt, TagAt - NonceAt), plain, cipher.AsSpan(TextAt), cipher.AsSpan(TagAt, TextAt - TagAt), Encoding.UTF8.GetBytes(purpose));
        return cipher;
    }

    /// <summary>Decrypts.</summary>
    /// <exception cref="CryptographicException">It was altered, moved, or encrypted with a key that is not in the ring.</exception>
    internal byte[] Decrypt(ReadOnlySpan<byte> cipher, string purpose)
    {
        if (cipher.Length < TextAt || cipher[0] != Format || !keys.TryGetValue(BinaryPrimitives.ReadUInt16BigEndian(cipher[1..]), out var key))
            throw new CryptographicException($"{purpose}: no key of the ring fits.");
        var plain = new byte[cipher.Length - TextAt];
        key.Decrypt(cipher[NonceAt..TagAt], cipher[TextAt..], cipher[TagAt..TextAt], plain, Encoding.UTF8.GetBytes(purpose));
        return plain;
    }

    internal byte[] EncryptText(string plain, string purpose) => Encrypt(Encoding.UTF8.GetBytes(plain), purpose);

    internal string DecryptText(byte[] cipher, string purpose) => Encoding.UTF8.GetString(Decrypt(cipher, purpose));

    /// <summary>By which an encrypted text is found: equal texts of one purpose have equal indexes, and nobody without the key can make one.</summary>
    public byte[] Blind(string text, string purpose) => HMACSHA256.HashData(index, Encoding.UTF8.GetBytes($"{purpose}\0{text}"));

    /// <summary>By which the audit is sealed: made from the master key, which the database never holds, so that whoever writes to the database alone can make none.</summary>
    internal byte[] Seal(ReadOnlySpan<byte> what) => HMACSHA256.HashData(seal, what);

    /// <summary>Reads the ring, or begins one.</summary>
    /// <param name="db">Where the wrapped keys are.</param>
    /// <param name="master">Asked for once: the master key; whether the ring exists already.</param>
    /// <param name="now">When a new key is made.</param>
    /// <exception cref="StartupException">The master key is not the one that the ring was made with.</exception>
    internal void Load(Db db, Func<bool, byte[]> master, DateTimeOffset now)
    {
        var stored = db.Set<EncryptionKey>().OrderBy(k => k.Id).ToList();
        var key = master(stored.Count > 0);
        seal = HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: "audit"u8.ToArray());
        using var wrap = new AesGcm(key, TagBytes);
        if (stored.Count == 0)
        {
            stored = [.. Enumerable.Range(IndexKey, 2).Select(id => new EncryptionKey { Id = id, Wrapped = Wrap(wrap, id, RandomNumberGenerator.GetBytes(KeyBytes)), CreatedAt = now })];
            db.AddRange(stored);
            db.SaveChanges();
        }

        foreach (var one in stored)
        {
            var plain = Unwrap(wrap, one.Id, one.Wrapped);
            if (one.Id == IndexKey) index = plain;
            else keys[latest = one.Id] = new(plain, TagBytes);
        }
    }

    private static byte[] Wrap(AesGcm master, int id, byte[] key)
    {
        var wrapped = new byte[12 + 16 + key.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, 12));
        master.Encrypt(wrapped.AsSpan(0, 12), key, wrapped.AsSpan(28), wrapped.AsSpan(12, 16), Encoding.UTF8.GetBytes($"key {id}"));
        return wrapped;
    }

    /// <summary>A key of the ring, by the master key.</summary>
    /// <exception cref="StartupException">It was wrapped with another one.</exception>
    internal static byte[] Unwrap(AesGcm master, int id, byte[] wrapped)
    {
        var plain = new byte[wrapped.Length - 28];
        try
        {
            master.Decrypt(wrapped.AsSpan(0, 12), wrapped.AsSpan(28), wrapped.AsSpan(12, 16), plain, Encoding.UTF8.GetBytes($"key {id}"));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new StartupException("主密钥与数据库不符：数据库里的密钥是用另一把主密钥加密的。请换回原来的主密钥。");
        }

        return plain;
    }
}
