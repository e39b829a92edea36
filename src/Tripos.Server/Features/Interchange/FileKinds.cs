using Tripos.Formats;

namespace Tripos.Server.Features.Interchange;

/// <summary>Which importer a file goes to: by its ending, then by what is in it.</summary>
internal static class FileKinds
{
    public static bool IsArchive(string name) => Ending(name) is ".zip";

    public static bool IsKeyList(string name) => Ending(name) is ".csv";

    public static async Task<ImportedFile> ImportAsync(ImportSource source, ImportLimits limits, ImportFiles.Work work)
    {
        switch (Ending(source.Name))
        {
            case ".json" or ".html" or ".htm":
                return TooLarge(source, limits.ExamBytes) ?? await ImportJsonAsync(source, limits, work);
            case ".txt":
                return TooLarge(source, limits.TriviaBytes) ?? await ImportTextAsync(source, work);
            case ".csv":
                return TooLarge(source, limits.KeyBytes) ?? await ImportKeyListAsync(source, limits, work);
            case var _ when FilesBeside.IsMedia(source.Name):
                return Fault(source.Name, "This is a picture or a sound, and none of the exams imported with it names it.", "Import it together with the exam that names it, or put it into the media library.");
            default:
                return Fault(source.Name, "This kind of file cannot be imported.", "Tripos reads .json, .html, .txt (trivia), .csv (keys) and .zip files.");
        }
    }

    private static async Task<ImportedFile> ImportJsonAsync(ImportSource source, ImportLimits limits, ImportFiles.Work work)
    {
        await using var stream = source.Open();
        var read = await JsonFileReader.ReadAsync(stream, source.Name, limits.ExamBytes, work.Ct);
        var file = read.Value switch
        {
            null => ImportedFile.Fault(source.Name),
            { Exam: { } exam } => await ImportExam.RunAsync(exam, work),
            { Keys: var keys } => await ImportKeysAsync(keys!, source, work),
        };
        return file with { Findings = [.. read.Diagnostics, .. file.Findings] };
    }

    private static async Task<ImportedFile> ImportTextAsync(ImportSource source, ImportFiles.Work work)
    {
        byte[] head = new byte[4096];
        await using (var peek = source.Open())
        {
            int read = await peek.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, work.Ct);
            if (!TriviaReader.Recognises(head.AsSpan(0, read)))
            {
                return Fault(source.Name, "This text file has no questions Tripos knows.", "A trivia file begins its questions with #Q; an exam is a .json file.");
            }
        }

        await using var stream = source.Open();
        return await ImportTrivia.RunAsync(stream, work);
    }

    private static async Task<ImportedFile> ImportKeyListAsync(ImportSource source, ImportLimits limits, ImportFiles.Work work)
    {
        await using var stream = source.Open();
        var read = await KeyReader.ReadAsync(stream, source.Name, limits.KeyBytes, work.Ct);
        return read.Value is { } keys ? await ImportKeysAsync(keys, source, work) : ImportedFile.Fault(source.Name, read.Diagnostics) with { Kind = ImportedKind.Keys };
    }

    private static async Task<ImportedFile> ImportKeysAsync(IReadOnlyList<KeyEntry> keys, ImportSource source, ImportFiles.Work work)
    {
        if (source.AppliesKeys)
        {
            return await ImportKeys.RunAsync(keys, work);
        }

        return new(source.Name, ImportedKind.Keys)
        {
            LeftAlone = true,
            Findings = [new(Severity.Info, source.Name, "", $"This key file ({keys.Count} keys) was not applied.", "Name it to apply it: tripos keys FILE.")],
        };
    }

    private static ImportedFile? TooLarge(ImportSource source, long most) => source.Length <= most ? null
        : Fault(source.Name, $"The file has {source.Length >> 20} MB; at most {most >> 20} MB are read.", "Split it into smaller files.");

    private static ImportedFile Fault(string name, string reason, string remedy) => ImportedFile.Fault(name, Diagnostic.Error(name, "", reason, remedy));

    private static string Ending(string name) => Path.GetExtension(name).ToLowerInvariant();
}
