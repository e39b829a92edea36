namespace Tripos.Formats;

/// <summary>How much a <see cref="Diagnostic"/> matters.</summary>
public enum Severity
{
    /// <summary>Something was read in a way the author may want to know of.</summary>
    Info,

    /// <summary>The file can be imported, but something in it is probably not meant so.</summary>
    Warning,

    /// <summary>The thing named cannot be imported.</summary>
    Error,
}

/// <summary>One finding about a file, in words its author understands.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="File">Name of the file as the person gave it; inside an archive <c>archive.zip/entry.json</c>.</param>
/// <param name="Place">Where: <c>line 12</c>, <c>line 3, column 9</c>, <c>questions[3].options[1]</c>; empty for the whole file.</param>
/// <param name="Reason">What is wrong, one sentence.</param>
/// <param name="Remedy">What to do about it, one sentence.</param>
public sealed record Diagnostic(Severity Severity, string File, string Place, string Reason, string Remedy)
{
    /// <summary>An error: the thing at the place cannot be imported.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">The place; empty for the whole file.</param>
    /// <param name="reason">What is wrong.</param>
    /// <param name="remedy">What to do.</param>
    public static Diagnostic Error(string file, string place, string reason, string remedy) => new(Severity.Error, file, place, reason, remedy);

    /// <inheritdoc />
    public override string ToString() => Place.Length == 0 ? $"{File}: {Reason} {Remedy}" : $"{File}, {Place}: {Reason} {Remedy}";
}

/// <summary>Collects findings about one file, so that a file of garbage cannot fill the memory with them.</summary>
/// <param name="file">Name of the file, put into every finding.</param>
/// <param name="most">Findings kept; the rest is counted in one last line.</param>
public sealed class DiagnosticList(string file, int most = 200)
{
    private readonly List<Diagnostic> _all = [];
    private int _more;

    /// <summary>Name of the file the findings are about.</summary>
    public string File => file;

    /// <summary>Whether any finding is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The findings in the order they were made; when there were too many, the last one says how many more.</summary>
    public IReadOnlyList<Diagnostic> All => _more == 0
        ? _all
        : [.. _all, new(HasErrors ? Severity.Error : Severity.Warning, file, "", $"There are {_more} more problems like these.", "Cure those above and try again.")];

    /// <summary>Adds an error.</summary>
    /// <param name="place">The place; empty for the whole file.</param>
    /// <param name="reason">What is wrong.</param>
    /// <param name="remedy">What to do.</param>
    public void Error(string place, string reason, string remedy) => Add(Severity.Error, place, reason, remedy);

    /// <summary>Adds a warning.</summary>
    /// <param name="place">The place; empty for the whole file.</param>
    /// <param name="reason">What is odd.</param>
    /// <param name="remedy">What to do.</param>
    public void Warning(string place, string reason, string remedy) => Add(Severity.Warning, place, reason, remedy);

    /// <summary>Adds a remark.</summary>
    /// <param name="place">The place; empty for the whole file.</param>
    /// <param name="reason">What was done.</param>
    /// <param name="remedy">What to do when that is not wanted.</param>
    public void Info(string place, string reason, string remedy) => Add(Severity.Info, place, reason, remedy);

    private void Add(Severity severity, string place, string reason, string remedy)
    {
        HasErrors |= severity == Severity.Error;
        if (_all.Count < most)
        {
            _all.Add(new(severity, file, place, reason, remedy));
        }
        else
        {
            _more++;
        }
    }
}
