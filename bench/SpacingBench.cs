using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tripos.Bench.Spacing;

namespace Tripos.Bench;

/// <summary>The memory model against files of vectors and review logs: bin/bench spacing FILE… [--json] [--fit LOG.csv] [--day-starts HH:MM].</summary>
public static class SpacingBench
{
    private const string Usage = "bench spacing FILE… [--json] [--fit LOG.csv] [--day-starts HH:MM]\n"
        + "  FILE is a file of reference vectors (JSON, gzipped or not) or a review log (CSV).";

    public static int Run(string[] args)
    {
        try
        {
            var (files, json, dayStartsAt) = Parse(args);
            var report = new Report(json);
            string result = Measure([.. files.Select(InputFile.Read)], dayStartsAt, report).ToJsonString();
            if (json)
            {
                Console.WriteLine(result);
            }

            return 0;
        }
        catch (BadInputException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return 2;
        }
    }

    private static (List<string> Files, bool Json, TimeSpan DayStartsAt) Parse(string[] args)
    {
        var files = new List<string>();
        bool json = false;
        var dayStartsAt = TimeSpan.FromHours(4);
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] is "--fit" or "--day-starts" && i + 1 == args.Length)
            {
                throw new BadInputException($"{args[i]} needs a value.\n{Usage}");
            }

            switch (args[i])
            {
                case "--json":
                    json = true;
                    break;
                case "--day-starts":
                    dayStartsAt = TimeSpan.TryParseExact(args[++i], ["h\\:mm", "hh\\:mm"], CultureInfo.InvariantCulture, out var start)
                        ? start : throw new BadInputException($"--day-starts {args[i]}: is no time of day like 04:00 (UTC).");
                    break;
                case "--fit":
                    files.Add(args[++i]);
                    break;
                case ['-', '-', ..]:
                    throw new BadInputException($"There is no option {args[i]}.\n{Usage}");
                default:
                    files.Add(args[i]);
                    break;
            }
        }

        return files.Count > 0 ? (files, json, dayStartsAt) : throw new BadInputException($"Which files?\n{Usage}");
    }

    private static JsonObject Measure(InputFile[] files, TimeSpan dayStartsAt, Report report)
    {
        if (files.FirstOrDefault(file => !file.IsJson && !file.IsReviewLog) is { } unknown)
        {
            throw new BadInputException($"{unknown.Path}: line 1 is neither the start of JSON nor a header with review_rating. Give vectors made with ts-fsrs, or a log that starts with card_id,review_rating,review_time.");
        }

        var result = new JsonObject();
        if (files.Where(file => file.IsJson).ToArray() is { Length: > 0 } vectors)
        {
            var check = new VectorCheck();
            foreach (var file in vectors)
            {
                check.Run(file);
            }

            result = JsonSerializer.SerializeToNode(check, JsonSerializerOptions.Web)!.AsObject();
            check.Print(report, string.Join(", ", vectors.Select(file => file.Path)));
            result["speed"] = JsonSerializer.SerializeToNode(SpacingSpeed.Run(report));
        }

        if (files.Where(file => file.IsReviewLog).ToArray() is { Length: > 0 } logs)
        {
            result["fits"] = new JsonArray([.. logs.Select(file => JsonSerializer.SerializeToNode(FitMeasure.Run(file, dayStartsAt, report)))]);
        }

        return result;
    }
}
