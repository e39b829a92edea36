using System.Text.Json;
using Tripos.Bench.Spacing;

namespace Tripos.Bench;

/// <summary>The memory model against files of vectors and review logs: bin/bench spacing FILE… [--json] [--fit LOG.csv].</summary>
public static class SpacingBench
{
    public static int Run(string[] args)
    {
        try
        {
            var check = new VectorCheck(InputFile.Read(args[0]));
            check.Run();
            Console.WriteLine(JsonSerializer.Serialize(check, JsonSerializerOptions.Web));
            return 0;
        }
        catch (BadInputException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return 2;
        }
    }
}
