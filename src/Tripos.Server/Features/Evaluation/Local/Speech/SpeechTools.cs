using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>The programs and the model that listen, as far as this machine has them. All are optional.</summary>
/// <param name="Recogniser">pocketsphinx_batch.</param>
/// <param name="Ffmpeg">Turns what browsers record into samples.</param>
/// <param name="Model">Folder with <c>en-us/</c>, <c>en-us.lm.bin</c> and <c>cmudict-en-us.dict</c>.</param>
public sealed record SpeechTools(string Recogniser, string Ffmpeg, string Model)
{
    private const string DebianModel = "/usr/share/pocketsphinx/model/en-us";

    public string Acoustic => Path.Combine(Model, "en-us");
    public string Language => Path.Combine(Model, "en-us.lm.bin");
    public string Dictionary => Path.Combine(Model, "cmudict-en-us.dict");

    /// <summary>Looks anew each time: whoever installs them need not restart the server.</summary>
    /// <returns>Null where one of them is missing.</returns>
    public static SpeechTools? Find(IConfiguration configuration)
    {
        var settings = configuration.GetSection("Tripos:Speech");
        string model = settings["Model"] ?? DebianModel;
        return OnPath(settings["Recogniser"] ?? "pocketsphinx_batch") is { } recogniser && OnPath(settings["Ffmpeg"] ?? "ffmpeg") is { } ffmpeg
            && new SpeechTools(recogniser, ffmpeg, model) is var tools && Directory.Exists(tools.Acoustic) && File.Exists(tools.Language) && File.Exists(tools.Dictionary) ? tools : null;
    }

    /// <returns>The whole path of a program; null when there is none.</returns>
    public static string? OnPath(string program) => program.Contains('/', StringComparison.Ordinal)
        ? File.Exists(program) ? Path.GetFullPath(program) : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
