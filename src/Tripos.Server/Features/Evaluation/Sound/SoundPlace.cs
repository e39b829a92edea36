namespace Tripos.Server.Features.Evaluation.Sound;

/// <summary>A marked stretch of a recording.</summary>
/// <param name="EndMs">The same as <paramref name="StartMs"/> for something that is missing there.</param>
/// <param name="Label">What is there, in words.</param>
/// <param name="Class">How it is drawn: <c>good</c>, <c>bad</c>, <c>warn</c>, <c>comment</c>; anything else is drawn plainly.</param>
public sealed record SoundPlace(int StartMs, int EndMs, string Label, string Class);
