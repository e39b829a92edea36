using Npgsql;
using Tripos.Formats;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.MediaStore;

/// <summary>A picture or a sound in the authors' library.</summary>
/// <param name="Sha256">64 hexadecimal digits: how questions name it.</param>
/// <param name="Url">Where everybody who is signed in reads it.</param>
/// <param name="AltText">What a picture shows, or a sound says, for those who cannot see or hear it.</param>
/// <param name="DurationMs">Null for pictures, and for sounds that do not say.</param>
/// <param name="Uses">How many questions use it now.</param>
public sealed record LibraryFile(
    Guid Id, string Sha256, string Url, string Title, string AltText, string[] Tags, string MediaType, int ByteLength, int? DurationMs, int? Width, int? Height, DateTimeOffset CreatedAt, int Uses)
{
    public bool IsImage => MediaType.StartsWith("image/", StringComparison.Ordinal);

    internal const string Select = """
        SELECT f.id, encode(f.sha256, 'hex'), f.title, f.alt_text, f.tags, m.media_type, m.byte_length, m.duration_ms, m.width, m.height, f.created_at,
            (SELECT count(*)::integer FROM question_versions v JOIN questions q ON q.current_version_id = v.id WHERE media_of(v.body) @> ARRAY[encode(f.sha256, 'hex')])
        FROM media_files f JOIN media m USING (sha256)
        """;

    internal static LibraryFile Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), $"/media/{row.GetString(1)}", row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4), row.GetString(5), row.GetInt32(6),
        row.Maybe<int?>(7), row.Maybe<int?>(8), row.Maybe<int?>(9), row.Time(10), row.GetInt32(11));
}

/// <summary>What an author says about a file, cleaned and within its limits.</summary>
public sealed record MediaDescription(string Title, string AltText, string[] Tags)
{
    public const int LongestTitle = 200;
    public const int LongestAltText = 2000;
    public const int LongestTag = 50;
    public const int MostTags = 20;

    public static Outcome<MediaDescription> Of(string title, string altText, IEnumerable<string> tags)
    {
        MediaDescription clean = new(
            PlainText.OneLine(title), PlainText.Clean(altText).Trim(),
            [.. tags.Select(PlainText.OneLine).Where(tag => tag.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)]);
        List<(string, string)> faults = [];
        if (clean.Title.Length is 0 or > LongestTitle)
        {
            faults.Add(("title", $"Give it a title of up to {LongestTitle} characters"));
        }

        if (clean.AltText.Length > LongestAltText)
        {
            faults.Add(("altText", $"The text alternative may have up to {LongestAltText:N0} characters"));
        }

        if (clean.Tags.Length > MostTags || clean.Tags.Any(tag => tag.Length > LongestTag))
        {
            faults.Add(("tags", $"There may be up to {MostTags} tags of up to {LongestTag} characters"));
        }

        return faults.Count == 0 ? clean : AccountProblems.Invalid(faults);
    }
}
