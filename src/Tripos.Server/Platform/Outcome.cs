using Microsoft.AspNetCore.Http.HttpResults;

namespace Tripos.Server.Platform;

/// <summary>An expected failure, written once and shown the same way by the API, the pages and the command line.</summary>
/// <param name="Code">Permanent and public; docs/problems/ explains it.</param>
public sealed record Problem(string Code, int Status, string Title, string? Detail = null)
{
    /// <summary>Facts a program needs to react, such as the answer that is newer; null for none.</summary>
    public IReadOnlyDictionary<string, object?>? Facts { get; init; }

    public ProblemHttpResult ToHttp() =>
        TypedResults.Problem(Detail, statusCode: Status, title: Title, type: $"/problems/{Code}", extensions: Facts);
}

/// <summary>Either the value a use case produced, or the <see cref="Problem"/> that stopped it.</summary>
public readonly record struct Outcome<T> where T : class
{
    public T? Value { get; private init; }
    public Problem? Problem { get; private init; }

    public static implicit operator Outcome<T>(T value) => new() { Value = value };
    public static implicit operator Outcome<T>(Problem problem) => new() { Problem = problem };

    /// <summary>For a change that has nothing to tell.</summary>
    public Results<NoContent, ProblemHttpResult> ToNoContent() => Problem is { } problem ? problem.ToHttp() : TypedResults.NoContent();

    public Results<Ok<T>, ProblemHttpResult> ToHttp() => Problem is { } problem ? problem.ToHttp() : TypedResults.Ok(Value!);
}

/// <summary>The value of a use case that has nothing to tell but that it worked.</summary>
public sealed record Done
{
    public static Done Instance { get; } = new();
}
