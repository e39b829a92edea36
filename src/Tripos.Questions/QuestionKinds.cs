using System.Diagnostics.CodeAnalysis;

namespace Tripos.Questions;

/// <summary>Every kind of question there is: a new kind is one line in <see cref="GeneralKinds"/> or <see cref="PteKinds"/>.</summary>
public static class QuestionKinds
{
    /// <summary>All kinds, in the order authors see them.</summary>
    public static IReadOnlyList<QuestionKind> All { get; } = [.. GeneralKinds.All, .. PteKinds.All];

    private static readonly Dictionary<string, QuestionKind> ByName = All.ToDictionary(kind => kind.Name, StringComparer.Ordinal);

    private static readonly Dictionary<Type, QuestionKind> ByBody = All.GroupBy(kind => kind.BodyType).ToDictionary(group => group.Key, group => group.First());

    /// <summary>Finds a kind by its permanent name.</summary>
    /// <param name="name">For example <c>single-choice</c>; case matters.</param>
    /// <param name="kind">The kind, when there is one.</param>
    /// <returns>False when no kind has that name.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out QuestionKind? kind) => ByName.TryGetValue(name, out kind);

    /// <summary>The kind with a name that is known to exist, such as one read from the database.</summary>
    /// <param name="name">The permanent name.</param>
    /// <exception cref="KeyNotFoundException">No kind has that name.</exception>
    public static QuestionKind Find(string name) => ByName[name];

    /// <summary>The plainest kind with a type of body: several kinds may share one, so a body alone does not say which it is.</summary>
    /// <param name="body">Any body.</param>
    /// <exception cref="KeyNotFoundException">No kind uses that type of body.</exception>
    public static QuestionKind PlainOf(QuestionBody body) => ByBody[body.GetType()];
}
