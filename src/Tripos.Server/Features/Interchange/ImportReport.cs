using System.Text.Json.Serialization;
using Tripos.Formats;

namespace Tripos.Server.Features.Interchange;

public enum ImportedKind { Unknown, Exam, Trivia, Keys }

/// <summary>What an import did, or would do, file by file.</summary>
public sealed record ImportReport(IReadOnlyList<ImportedFile> Files)
{
    [JsonIgnore]
    public bool HasFailures => Files.Any(f => f.Failed);

    public Totals Total() => new(
        Files.Count(f => !f.Failed && !f.LeftAlone), Files.Sum(f => f.Tests), Files.Sum(f => f.Questions), Files.Sum(f => f.NeedKey), Files.Sum(f => f.Unchanged),
        [.. Files.SelectMany(f => f.Findings.Where(d => d.Severity == Severity.Error)).Select(d => new Skipped(d.File, d.Place, d.Reason))],
        Files.Sum(f => f.Drafts));

    /// <summary>The one object scripts read.</summary>
    /// <param name="Files">Files read and imported, at least in part.</param>
    /// <param name="Tests">Tests that are new or changed.</param>
    /// <param name="Questions">Questions that are new or changed.</param>
    /// <param name="NeedKey">Questions in the files that still have no answer key.</param>
    /// <param name="Unchanged">Questions in the files that were here already, just so.</param>
    /// <param name="Skipped">Everything that was not imported: whole files and single questions.</param>
    /// <param name="Drafts">Questions in the files that are not offered yet.</param>
    public sealed record Totals(int Files, int Tests, int Questions, int NeedKey, int Unchanged, IReadOnlyList<Skipped> Skipped, int Drafts);

    public sealed record Skipped(string File, string Place, string Reason);
}

/// <summary>What one file was and what became of it.</summary>
public sealed record ImportedFile(string Name, ImportedKind Kind)
{
    /// <summary>True when nothing of the file was imported.</summary>
    public bool Failed { get; init; }

    /// <summary>True for a key file nobody asked to apply.</summary>
    public bool LeftAlone { get; init; }
    public string? Title { get; init; }
    public Guid? TestId { get; init; }
    public int Tests { get; init; }
    public int Questions { get; init; }
    public int NeedKey { get; init; }
    public int Unchanged { get; init; }

    /// <summary>Questions that are not offered yet, because something is missing or because the file says so; the reasons are among the findings.</summary>
    public int Drafts { get; init; }

    /// <summary>Keys a key file set.</summary>
    public int KeysSet { get; init; }

    /// <summary>Questions that were not imported; the reasons are among the findings.</summary>
    public int Skipped { get; init; }
    public IReadOnlyList<Diagnostic> Findings { get; init; } = [];
    public IReadOnlyList<Sample> Samples { get; init; } = [];

    public static ImportedFile Fault(string name, params IEnumerable<Diagnostic> findings) =>
        new(name, ImportedKind.Unknown) { Failed = true, Findings = [.. findings] };

    /// <summary>A question as the preview shows it, plain text.</summary>
    /// <param name="Kind">Title of its kind; null for a plain choice.</param>
    public sealed record Sample(string Prompt, string? Code, string? Language, IReadOnlyList<SampleOption> Options, string? Kind = null);

    public sealed record SampleOption(string Text, bool Right);
}
