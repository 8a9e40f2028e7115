namespace EduAssist.OData;

/// <summary>What evaluates an expression. A few expressions must be written differently for each.</summary>
internal enum Engine
{
    Memory,
    Sqlite,
    PostgreSql,
}
