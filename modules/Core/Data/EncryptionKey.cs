namespace EduAssist.Data;

/// <summary>
/// A key of the ring as it is stored: itself encrypted by the master key, which the database never holds.
/// </summary>
internal sealed class EncryptionKey
{
    /// <summary>
    /// Counted from 1; <see cref="KeyRing.IndexKey"/> is the one of the blind index, <see cref="KeyRing.SealKey"/> that
    /// of the audit. Values name the key that they were encrypted with.
    /// </summary>
    public int Id { get; init; }

    public required byte[] Wrapped { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

internal sealed class EncryptionKeyTable : Table<EncryptionKey>
{
    protected override void Declare(TableBuilder<EncryptionKey> table) =>
        table
            .Named("core_encryption_key")
            .Hidden("the keys of everything that is encrypted")
            .NotKept("a key that was wrapped anew is the same key")
            .Key(k => k.Id);
}
