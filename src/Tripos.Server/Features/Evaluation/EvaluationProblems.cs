using Tripos.Server.Platform;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Every expected failure of asking for an evaluation.</summary>
public static class EvaluationProblems
{
    public static readonly Problem NotFound = new("answer-not-found", 404, "No such answer", "There is no free answer here that can be evaluated.");

    public static readonly Problem NoModel = new("no-model", 409, "No language model is set up here",
        "The local evaluator and teachers judge free answers. Whoever runs this server can add a model: docs/evaluation-model.md says how.");

    public static readonly Problem LeftToTeachers = new("left-to-teachers", 409, "Teachers mark this test", "Free answers of this test are judged by teachers only.");

    public static readonly Problem Withheld = new("evaluation-withheld", 409, "This test does not show its results", "An evaluation could not be shown to you yet.");
}
