using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Formats;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Interchange;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.ImportUploads;

namespace Tripos.Server.Tests.Features.Interchange;

/// <summary>The sample content goes in and out of a real database; what the files themselves hold is checked in Tripos.Formats.Tests.</summary>
public sealed class SamplesTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task All_samples_are_live_after_the_import_and_the_second_import_changes_nothing()
    {
        var first = await ImportAsync("samples/pte", "samples/kinds");
        var second = await ImportAsync("samples/pte", "samples/kinds");

        Assert.All(first.Files, file => Assert.Empty(file.Findings));
        Assert.Equal((0, 0), (first.Total().Drafts, first.Total().NeedKey));
        Assert.Equal((0, first.Total().Questions + first.Total().Unchanged), (second.Total().Questions, second.Total().Unchanged));
        foreach (var kind in QuestionKinds.All)
        {
            Assert.InRange(await app.Value<long>("SELECT count(*) FROM questions WHERE kind = $1 AND status = 'live'", kind.Name), 6, 100);
        }

        foreach (var items in ScoringProfiles.All.SelectMany(profile => profile.Parts).SelectMany(part => part.Items))
        {
            Assert.InRange(await app.Value<long>("SELECT count(*) FROM questions WHERE kind = $1", items.Kind), items.Mock, 100);
        }
    }

    [Fact]
    public async Task A_test_with_sounds_leaves_as_a_zip_file_that_imports_without_a_change()
    {
        var report = await ImportAsync("samples/pte", "samples/kinds");

        foreach (var file in report.Files)
        {
            var reply = await app.As(Tess).GetAsync($"/api/tests/{file.TestId}/export", Ct);
            string name = reply.Content.Headers.ContentDisposition!.FileName!.Trim('"');
            var again = await app.Imports(Tess, (name, await reply.Content.ReadAsByteArrayAsync(Ct)));

            Assert.Equal($"0/0/{file.Questions + file.Unchanged}/0/0", again.Counts());
        }
    }

    private async Task<ImportReport> ImportAsync(params string[] folders)
    {
        var (sources, missing) = ImportPaths.Find(folders.Select(folder => Path.Combine(SourceTree.Root, folder)));
        Assert.Empty(missing);
        return await ImportFiles.RunAsync(sources, new(Tess.Id, DryRun: false, new()), app.Sql, null, Ct);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
