using Tripos.Server.Platform;

namespace Tripos.Server.Features.Authoring;

/// <summary>Every expected failure of rubrics.</summary>
public static class RubricProblems
{
    public static readonly Problem NotFound = new("rubric-not-found", 404, "No such rubric", "There is none with this number that you may change. Make one of your own from it.");

    public static Problem Faulty(string remedy) => new("rubric-faulty", 400, "The rubric is not finished", remedy);

    public static Problem Outdated(int number) => new("rubric-changed", 409, "Somebody saved another version meanwhile",
        $"Version {number} is newer than the one you began with. Load the page again; what you typed is still in this one.") { Facts = new Dictionary<string, object?> { ["version"] = number } };
}
