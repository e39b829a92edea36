using System.Globalization;
using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Server.Features.Authoring;

/// <summary>A rubric whose traits an author can give to a question.</summary>
/// <param name="Key">As in the form: the number of a rubric, or <c>built-in:</c> and a name.</param>
public sealed record RubricChoice(string Key, string Title, IReadOnlyList<RubricTrait> Traits)
{
    /// <summary>Those of authors first, then the built-in ones, that of the kind in front.</summary>
    public static async Task<IReadOnlyList<RubricChoice>> AllAsync(string kind, NpgsqlDataSource source, CancellationToken ct) =>
    [
        .. (await Rubric.AllAsync(source, ct)).Select(rubric => new RubricChoice(rubric.Id.ToString(CultureInfo.InvariantCulture), $"{rubric.Name}, version {rubric.Number}", rubric.Traits)),
        .. BuiltInRubrics.All.OrderByDescending(rubric => rubric.Kind == kind).Select(rubric => new RubricChoice($"built-in:{rubric.Name}", $"{rubric.Name}, built in", rubric.Traits)),
    ];
}
