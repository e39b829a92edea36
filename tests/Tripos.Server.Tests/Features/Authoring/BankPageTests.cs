using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Catalog;

/// <summary>Authors find questions by their words and by what they lack.</summary>
public sealed class QuestionsPageTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_and_missing_keys_narrow_the_list()
    {
        await app.HasTest(questions: 2);
        await app.HasTest(questions: 1, keyed: false);
        var tess = app.As(Tess);

        string all = await tess.GetStringAsync("/questions", Ct);
        string second = await tess.GetStringAsync("/questions?find=question+2%3f", Ct);
        string unkeyed = await tess.GetStringAsync("/questions?needkey=true", Ct);
        string literal = await tess.GetStringAsync("/questions?find=%25", Ct);

        Assert.Equal(3, RowsIn(all));
        Assert.Equal(1, RowsIn(second));
        Assert.Equal(1, RowsIn(unkeyed));
        Assert.Contains("Set the key", unkeyed, StringComparison.Ordinal);
        Assert.Contains("No question fits", literal, StringComparison.Ordinal);
    }

    private static int RowsIn(string html) => html.Split("row-main").Length - 1;
}
