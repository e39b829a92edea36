using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Rules;

/// <summary>Calls go down: a feature may name only the features listed for it here.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> MayCall = new()
    {
        ["Accounts"] = [],
        ["Catalog"] = ["Accounts"],
        ["MediaStore"] = ["Accounts"],
        ["Attempts"] = ["Accounts", "Catalog"],
        ["Recordings"] = ["Accounts", "Catalog", "MediaStore", "Attempts"],
        ["SharedAnswers"] = ["Accounts", "Catalog", "MediaStore", "Attempts", "Recordings"],
        ["Folds"] = ["Catalog", "Attempts"],
        ["Practice"] = ["Accounts", "Catalog", "Attempts", "Folds"],
        ["Review"] = ["Accounts", "Catalog", "Attempts", "Folds"],
        ["Live"] = ["Accounts", "Catalog", "Attempts"],
        ["Evaluation"] = ["Accounts", "Catalog", "MediaStore", "Attempts", "Recordings"],
        ["Progress"] = ["Accounts", "Catalog", "Attempts", "Folds", "Practice", "Review"],
        ["Studio"] = ["Accounts", "Catalog"],
        ["Interchange"] = ["Accounts", "Catalog", "MediaStore"],
        ["Authoring"] = ["Accounts", "Catalog", "Folds"],
        ["Forums"] = ["Accounts", "Catalog"],
        ["Mocks"] = ["Accounts", "Catalog", "Attempts"],
        ["Demo"] = ["Accounts", "Catalog", "Attempts", "Interchange", "Folds", "Practice", "Review", "Live", "Evaluation"],
        ["Operations"] = [],
    };

    private static readonly string[] Libraries = ["Tripos.Questions", "Tripos.Scoring", "Tripos.Measurement", "Tripos.Spacing", "Tripos.Formats", "Tripos.Evaluation"];

    [Fact]
    public void Features_call_only_downwards()
    {
        var offences =
            from folder in Directory.GetDirectories(Path.Combine(SourceTree.Root, "src/Tripos.Server/Features"))
            let feature = Path.GetFileName(folder)
            from file in Sources(folder)
            from Match named in FeatureName().Matches(File.ReadAllText(file))
            let target = named.Groups[1].Value
            where target != feature && !MayCall.GetValueOrDefault(feature, []).Contains(target)
            select $"{Path.GetFileName(file)}: {feature} may not call {target}";

        Assert.Empty(offences.Distinct());
    }

    [Fact]
    public void Every_feature_is_on_the_map() =>
        Assert.Empty(Directory.GetDirectories(Path.Combine(SourceTree.Root, "src/Tripos.Server/Features")).Select(f => Path.GetFileName(f)!).Except(MayCall.Keys));

    [Fact]
    public void The_platform_calls_no_feature()
    {
        // The command line lists every feature's verbs, as Program.cs lists the features.
        var offences =
            from file in Sources(Path.Combine(SourceTree.Root, "src/Tripos.Server/Platform"))
            where Path.GetFileName(file) is not "TriposCli.cs"
            from Match named in FeatureName().Matches(File.ReadAllText(file))
            select $"{Path.GetFileName(file)} may not call {named.Groups[1].Value}";

        Assert.Empty(offences.Distinct());
    }

    [Fact]
    public void Libraries_take_no_clock_no_randomness_and_no_database()
    {
        var offences =
            from library in Libraries
            let folder = Path.Combine(SourceTree.Root, "src", library)
            where Directory.Exists(folder)
            from file in Sources(folder)
            from Match named in Impurity().Matches(File.ReadAllText(file))
            select $"{library}/{Path.GetFileName(file)}: {named.Value}";

        Assert.Empty(offences.Distinct());
    }

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(folder, "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"(?:\bServer\.|(?<![.\w]))Features\.(\w+)")]
    private static partial Regex FeatureName();

    [GeneratedRegex(@"\b(DateTime(Offset)?\.(Utc)?Now|Guid\.(NewGuid|CreateVersion7)|Random\.Shared|new Random\(\)|Npgsql\w*|EntityFrameworkCore)\b")]
    private static partial Regex Impurity();
}
