namespace EduAssist.Data;

/// <summary>A row that comes with the program and that users may change (随程序提供的基础数据).</summary>
public interface ISeeded
{
    /// <summary>The key by which a later start finds the row again; null: a user made it.</summary>
    string? SeedKey { get; }

    /// <summary>
    /// What was last put there, as JSON: a column that differs from it was changed by a user and is left alone.
    /// </summary>
    string? Seeded { get; set; }
}
