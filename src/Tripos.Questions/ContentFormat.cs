namespace Tripos.Questions;

/// <summary>How the texts of a question are written.</summary>
public enum ContentFormat
{
    /// <summary>Plain text; every character is shown as it is.</summary>
    Text,

    /// <summary>Markdown (CommonMark with tables and fenced code); HTML inside it is not honoured.</summary>
    Markdown,

    /// <summary>HTML, reduced to an allow-list before it is stored and again before it is shown.</summary>
    Html,
}
