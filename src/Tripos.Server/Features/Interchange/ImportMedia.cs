using System.Text.RegularExpressions;
using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Brings the pictures and sounds a file names by path into the media store, and the questions the hashes they have there.</summary>
internal static partial class ImportMedia
{
    /// <summary>The exam with every file that was found stored; paths that were not found stay, and are told.</summary>
    public static async Task<ExamFile> RunAsync(ExamFile exam, DiagnosticList findings, ImportFiles.Work work)
    {
        if (!exam.Questions.Any(question => question.Body.AllMedia.Any()))
        {
            return exam;
        }

        Dictionary<string, Media?> known = new(StringComparer.Ordinal);
        List<ExamQuestion> questions = new(exam.Questions.Count);
        foreach (var question in exam.Questions)
        {
            string place = $"questions[{question.Number - 1}].body";
            questions.Add(question with
            {
                Body = question.Body with
                {
                    Audio = await FindAsync(question.Body.Audio, place + ".audio", "sound", known, findings, work),
                    Image = await FindAsync(question.Body.Image, place + ".image", "picture", known, findings, work),
                },
            });
        }

        return exam with { Questions = questions };
    }

    /// <summary>The body without paths: what was not found is what the question has already, or nothing.</summary>
    public static QuestionBody Settled(QuestionBody body, QuestionBody? stored) => body.AllMedia.All(IsStored) ? body : body with
    {
        Audio = body.Audio is { } sound && !IsStored(sound) ? stored?.Audio : body.Audio,
        Image = body.Image is { } picture && !IsStored(picture) ? stored?.Image : body.Image,
    };

    private static bool IsStored(Media media) => Hash().IsMatch(media.Hash);

    private static async Task<Media?> FindAsync(Media? named, string place, string what, Dictionary<string, Media?> known, DiagnosticList findings, ImportFiles.Work work)
    {
        if (named is null)
        {
            return null;
        }

        if (!known.TryGetValue(named.Hash, out var stored))
        {
            stored = IsStored(named) ? await HereAsync(named, work) : await StoreAsync(named, place, findings, work);
            known.Add(named.Hash, stored);
        }

        if (stored is null)
        {
            findings.Warning(place, $"The {what} \"{Short(named.Hash)}\" is not there.", "Put the file where the path says, beside the exam file or into the same zip file, and import again.");
            return named with { Hash = $"missing:{named.Hash}" };
        }

        return named with { Hash = stored.Hash, Type = stored.Type, DurationMs = stored.DurationMs ?? named.DurationMs, Width = stored.Width ?? named.Width, Height = stored.Height ?? named.Height };
    }

    private static string Short(string path) => path.Length <= 100 ? path : "…" + path[^99..];

    private static async Task<Media?> HereAsync(Media named, ImportFiles.Work work) => (await work.Connection.QueryAsync("""
        SELECT m.media_type, m.duration_ms, m.width, m.height FROM media m JOIN media_files f USING (sha256) WHERE sha256 = $1
        """, row => named with { Type = row.GetString(0), DurationMs = row.Maybe<int?>(1), Width = row.Maybe<int?>(2), Height = row.Maybe<int?>(3) },
        work.Ct, Convert.FromHexString(named.Hash))).SingleOrDefault();

    private static async Task<Media?> StoreAsync(Media named, string place, DiagnosticList findings, ImportFiles.Work work)
    {
        if (work.Beside(named.Hash) is not { } file)
        {
            return null;
        }

        if (file.Length > StoreMedia.LargestSound)
        {
            return Refused(MediaProblems.TooLarge("sound", StoreMedia.LargestSound));
        }

        byte[] content = new byte[file.Length];
        await using (var stream = file.Open())
        {
            await stream.ReadExactlyAsync(content, work.Ct);
        }

        var outcome = await StoreMedia.RunAsync(new(content, Path.GetFileName(named.Hash.Replace('\\', '/')), AltText: named.Alt), work.Author, work.Connection, work.Ct);
        return outcome.Value is { } stored
            ? named with { Hash = stored.Sha256, Type = stored.MediaType, DurationMs = stored.DurationMs, Width = stored.Width, Height = stored.Height }
            : Refused(outcome.Problem!);

        Media? Refused(Problem problem)
        {
            findings.Warning(place, $"\"{Short(named.Hash)}\" cannot be stored: {problem.Title}.", problem.Detail ?? "Use another file.");
            return null;
        }
    }

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
