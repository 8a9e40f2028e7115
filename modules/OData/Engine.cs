namespace EduAssist.OData;

/// <summary>What evaluates an expression: the few things that are not said alike to all.</summary>
internal enum Engine
{
    Memory,
    Sqlite,
    PostgreSql,
}
