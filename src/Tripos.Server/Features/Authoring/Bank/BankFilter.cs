using System.Globalization;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Authoring;

/// <summary>Which questions of the bank are looked at; a URL says all of it.</summary>
/// <param name="Text">Words as in a search engine: "quoted phrases", or, -not; a number is also the question's own.</param>
/// <param name="Tags">All of them.</param>
/// <param name="After">The place to go on from; null for the beginning.</param>
public sealed record BankFilter(
    string? Text = null, string? Kind = null, int? TopicId = null, int? Difficulty = null, IReadOnlyList<string>? Tags = null,
    ContentStatus? Status = null, bool NeedsKey = false, Guid? AuthorId = null, BankPlace? After = null)
{
    /// <summary>Whether anything is left out.</summary>
    public bool Narrows => Text is not null || NarrowsFurther;

    /// <summary>Whether anything beside the words leaves something out.</summary>
    public bool NarrowsFurther => Kind is not null || TopicId is not null || Difficulty is not null || Tags is { Count: > 0 } || Status is not null || NeedsKey || AuthorId is not null;

    /// <summary>Reads a query string; what it does not understand narrows nothing.</summary>
    public static BankFilter From(IQueryCollection query)
    {
        string? Word(string name) => query[name].ToString().Trim() is { Length: > 0 } word && !word.Contains('\0', StringComparison.Ordinal) ? word : null;
        int? Number(string name) => int.TryParse(Word(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        return new(Word("find"), Word("kind"), Number("topic"), Number("difficulty"), TagWords.Split(Word("tags")),
            Enum.TryParse<ContentStatus>(Word("status"), ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null,
            Word("needkey") == "true", Guid.TryParse(Word("author"), out var author) ? author : null, BankPlace.Parse(Word("after")));
    }

    /// <summary>The address that shows this, with what is added to it.</summary>
    public string Href(params (string Name, string? Value)[] more)
    {
        (string Name, string? Value)[] parts =
        [
            ("find", Text), ("kind", Kind), ("topic", $"{TopicId}"), ("difficulty", $"{Difficulty}"), ("tags", Tags is null ? null : string.Join(", ", Tags)),
            ("status", Status?.ToString().ToLowerInvariant()), ("needkey", NeedsKey ? "true" : null), ("author", $"{AuthorId}"), ("after", After?.ToString()), .. more,
        ];
        return "/questions" + QueryString.Create(parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => KeyValuePair.Create(part.Name, part.Value)));
    }
}

/// <summary>The last row of a page: how well it fits the words (0 without words) and its id.</summary>
public sealed record BankPlace(int Rank, int Id)
{
    public static BankPlace? Parse(string? text) =>
        text?.Split('-') is [var rank, var id] && int.TryParse(rank, NumberStyles.None, CultureInfo.InvariantCulture, out int r) && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int i) ? new(r, i) : null;

    public override string ToString() => $"{Rank}-{Id}";
}

/// <summary>Tags as people type them.</summary>
public static class TagWords
{
    public const int Longest = 40;
    public const int Most = 20;

    /// <summary>Words between commas: lower case, each once, in the order typed.</summary>
    public static IReadOnlyList<string> Split(string? text) =>
        [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Tidy).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string Tidy(string tag) => string.Join(' ', tag.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
