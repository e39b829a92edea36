using Tripos.Server.Platform;

namespace Tripos.Server.Features.Mocks;

public static class MockProblems
{
    public static Problem NoSuchProfile(string name) => new("no-such-profile", 404, "There is no such profile", $"No scoring profile that prescribes a whole test is called \"{name}\".");

    public static Problem NoSuchPart(string name, IEnumerable<string> parts) => new("no-such-part", 404, "There is no such part", $"The parts are {string.Join(", ", parts)}; \"{name}\" is none of them.");

    public static Problem TooFew(IEnumerable<MockSupply> missing) => new("mock-short", 409, "The bank has too few questions for this test",
        $"It needs more live questions with a key: {string.Join("; ", missing.Select(kind => $"{kind.Title} {kind.Need} (there are {kind.Have})"))}.");

    public static readonly Problem NoReport = new("no-report", 409, "This attempt has no score report", "Its scores are points and percent; they are on the result page.");
}
