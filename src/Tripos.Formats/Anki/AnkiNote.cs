namespace Tripos.Formats;

/// <summary>What cards are made of a note.</summary>
public enum NoteKind
{
    /// <summary>One card: the front is shown, the back is remembered.</summary>
    Basic,

    /// <summary>A card for each number of a gap in the front; see <see cref="ClozeText"/>.</summary>
    Cloze,
}

/// <summary>One note of a file exported from Anki, its texts cleaned.</summary>
/// <param name="Line">The line it begins on; 1 is the first.</param>
/// <param name="Kind">What cards are made of it.</param>
/// <param name="Front">Harmless HTML, not empty.</param>
/// <param name="Back">Harmless HTML; of a cloze note what is shown with the answer, possibly empty.</param>
/// <param name="Tags">Words without spaces, each once.</param>
public sealed record AnkiNote(int Line, NoteKind Kind, string Front, string Back, IReadOnlyList<string> Tags)
{
    /// <summary>Numbers of the cards: those of the gaps, or only 1.</summary>
    public IReadOnlyList<int> Cards => Kind == NoteKind.Cloze ? ClozeText.Numbers(Front) : [1];
}
