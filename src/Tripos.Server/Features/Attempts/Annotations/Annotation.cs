namespace Tripos.Server.Features.Attempts;

/// <summary>Where a text stands that can be marked: beside the question, as the question, or as its listing.</summary>
public enum AnnotatedPassage { Passage, Prompt, Code }

/// <summary>The names are shown beside the colours, and each has a line of its own under the text.</summary>
public enum AnnotationColour { Yellow, Green, Blue, Pink }

/// <summary>Words a learner marked while they worked, with a comment.</summary>
/// <param name="Position">The question of the attempt; 1 is the first.</param>
/// <param name="First">Offset of the first marked character in the text of the passage as it is shown, formulas left out, in UTF-16 units.</param>
/// <param name="Last">The same, behind the last one.</param>
/// <param name="Text">What is marked, so that it can be read without the passage.</param>
/// <param name="Comment">Empty for none.</param>
public sealed record Annotation(
    Guid Id, short Position, AnnotatedPassage Passage, int First, int Last, string Text, AnnotationColour Colour, string Comment, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);
