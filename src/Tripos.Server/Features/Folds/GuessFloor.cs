using Tripos.Questions;

namespace Tripos.Server.Features.Folds;

/// <summary>The chance of being right without knowing anything.</summary>
public static class GuessFloor
{
    /// <summary>One by the number of options where exactly one is chosen; 0 elsewhere, where guessing rarely earns full marks.</summary>
    public static double Of(QuestionBody body) => body is SingleChoice { Options.Count: > 1 and var options } ? 1.0 / options : 0;
}
