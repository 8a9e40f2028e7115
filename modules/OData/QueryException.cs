using Microsoft.AspNetCore.Http;

namespace EduAssist.OData;

/// <summary>
/// A query is refused. It ends the binding of a query from any depth, and becomes the answer's error.
/// </summary>
internal sealed class QueryException(int status, string code, string message) : Exception(message)
{
    /// <summary>Of HTTP.</summary>
    internal int Status => status;

    /// <summary>For programs.</summary>
    internal string Code => code;

    internal static QueryException Invalid(string message) =>
        new(StatusCodes.Status400BadRequest, "invalid-query", message);

    internal static QueryException Limit(string message) =>
        new(StatusCodes.Status400BadRequest, "limit-exceeded", message);

    internal static QueryException Personal(string column) =>
        new(
            StatusCodes.Status400BadRequest,
            "personal-data",
            $"「{column}」是个人信息，不能用来筛选、排序、分组或汇总。"
        );

    internal static QueryException Missing(string what) => new(StatusCodes.Status404NotFound, "not-found", what);

    internal static QueryException NotImplemented(string what) =>
        new(StatusCodes.Status501NotImplemented, "not-implemented", $"本服务不支持 {what}。");
}
