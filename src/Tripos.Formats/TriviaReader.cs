using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>One question of a trivia file.</summary>
/// <param name="Line">Line of its <c>#Q</c>, 1 is the first.</param>
/// <param name="Body">The question with its key; plain text.</param>
/// <param name="ContentHash">See <see cref="QuestionFingerprint.OfContent"/>.</param>
public sealed record TriviaQuestion(int Line, SingleChoice Body, Guid ContentHash);

/// <summary>What stands at one place of a trivia file: a question, or the reason why it is skipped.</summary>
/// <param name="Question">The question; null when it is skipped.</param>
/// <param name="Skipped">Why it is skipped; null when there is a question.</param>
public sealed record TriviaItem(TriviaQuestion? Question, Diagnostic? Skipped);

/// <summary>Reads the OpenTriviaQA text format: <c>#Q</c> question, <c>^</c> right answer, <c>A</c> … options.</summary>
/// <remarks>
/// Streams: memory does not grow with the file, but for 40 bytes per question to find repeated ones. Every <c>#Q</c> gives exactly one
/// item. The format is described in docs/formats/opentriviaqa.md.
/// </remarks>
public static partial class TriviaReader
{
    /// <summary>The largest file read unless another limit is given: 256 MB.</summary>
    public const long LargestFile = 256L << 20;

    private const int LongestLine = 1 << 16;
    private const int MostLines = 400;

    /// <summary>Whether text begins like a trivia file.</summary>
    /// <param name="head">The first bytes of the file.</param>
    public static bool Recognises(ReadOnlySpan<byte> head)
    {
        var text = head.StartsWith("\uFEFF"u8) ? head[3..] : head;
        int start = text.IndexOfAnyExcept(" \t\r\n"u8);
        return start >= 0 && (text[start..].StartsWith("#Q"u8) || text.IndexOf("\n#Q"u8) >= 0);
    }

    /// <summary>The topic a file is about: its name without folder and ending, as words.</summary>
    /// <param name="fileName">For example <c>science-technology.txt</c>.</param>
    /// <returns>For example <c>Science technology</c>.</returns>
    public static string TopicOf(string fileName)
    {
        string name = PlainText.OneLine(Path.GetFileNameWithoutExtension(fileName.Replace('\\', '/')).Replace('-', ' ').Replace('_', ' '));
        name = name.Length > 200 ? name[..200] : name;
        return name.Length == 0 ? "Unnamed" : char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>Reads questions one after the other. Bad input gives skipped items, never an exception.</summary>
    /// <param name="stream">The file, in any mixture of UTF-8 and Windows-1252; not closed.</param>
    /// <param name="fileName">Its name, for the diagnostics.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async IAsyncEnumerable<TriviaItem> ReadAsync(Stream stream, string fileName, [EnumeratorCancellation] CancellationToken ct = default)
    {
        Dictionary<Guid, (int Line, string Right)> seen = [];
        Block? block = null;
        bool stray = false;
        await foreach (var (number, text) in Lines.ReadAsync(stream, LongestLine, ct))
        {
            if (text is null)
            {
                yield return Skip(fileName, number, $"The line is longer than {LongestLine} bytes, so the rest of the file was not read.", "Check that this is a trivia text file.");
                break;
            }

            if (text.StartsWith("#Q", StringComparison.Ordinal))
            {
                if (block is not null)
                {
                    yield return block.Finish(fileName, seen);
                }

                block = new Block(number, text[2..]);
            }
            else if (block is not null)
            {
                block.Add(text);
            }
            else if (!stray && !string.IsNullOrWhiteSpace(text))
            {
                stray = true;
                yield return Skip(fileName, number, "There is text before the first question.", "Begin every question with #Q.");
            }
        }

        if (block is not null)
        {
            yield return block.Finish(fileName, seen);
        }
    }

    private static TriviaItem Skip(string file, int line, string reason, string remedy) => new(null, Diagnostic.Error(file, $"line {line}", reason, remedy));

    [GeneratedRegex(@"^([A-Z])(?:[ \t]+(.*))?$", RegexOptions.Singleline)]
    private static partial Regex OptionLine();

    /// <summary>The lines from one <c>#Q</c> to the next.</summary>
    private sealed class Block(int line, string first)
    {
        private readonly List<string> _prompt = [first];
        private readonly List<Option> _options = [];
        private string? _right;
        private string? _fault;
        private int _lines;

        public void Add(string text)
        {
            if (++_lines > MostLines)
            {
                _fault ??= $"It is longer than {MostLines} lines.";
            }
            else if (text.StartsWith('^'))
            {
                _fault ??= _right is null ? null : "It has two right answers (^).";
                _right ??= Line(text[1..]);
            }
            else if (_right is null)
            {
                _prompt.Add(text);
            }
            else if (!string.IsNullOrWhiteSpace(text))
            {
                AddOption(text);
            }
        }

        public TriviaItem Finish(string file, Dictionary<Guid, (int Line, string Right)> seen)
        {
            string prompt = PlainText.Clean(string.Join('\n', _prompt.Select(l => l.Trim()))).Trim();
            if ((_fault ?? FaultOf(prompt)) is { } fault)
            {
                return Skip(file, line, fault, "Correct the question in the file and import it again.");
            }

            string key = _options.First(o => o.Text == _right).Id;
            var body = new SingleChoice { Prompt = prompt, Options = _options, Key = [key] };
            var hash = QuestionFingerprint.OfContent("single-choice", body);
            if (!seen.TryAdd(hash, (line, _right!)))
            {
                var (earlier, right) = seen[hash];
                return right == _right
                    ? Skip(file, line, $"It repeats the question of line {earlier}.", "Nothing: the first one is imported.")
                    : Skip(file, line, $"It repeats the question of line {earlier} with another right answer.", "Find out which answer is right and remove the other question.");
            }

            return new(new(line, body, hash), null);
        }

        private void AddOption(string text)
        {
            if (OptionLine().Match(text) is not { Success: true } match)
            {
                _fault ??= $"\"{JsonFields.Shown(Line(text))}\" is neither an option (A …) nor the beginning of a question (#Q).";
                return;
            }

            string id = match.Groups[1].Value.ToLowerInvariant();
            _fault ??= _options.Any(o => o.Id == id) ? $"It has two options {match.Groups[1].Value}." : null;
            _options.Add(new Option(id, Line(match.Groups[2].Value)));
        }

        private string? FaultOf(string prompt) =>
            prompt.Length == 0 ? "It has no text."
            : _right is null ? "It has no right answer (^)."
            : _options.Count == 0 ? "It has no options."
            : _options.Count == 1 ? "It has only one option."
            : _options.FirstOrDefault(o => o.Text.Length == 0) is { } empty ? $"Option {empty.Id.ToUpperInvariant()} is empty."
            : _options.GroupBy(o => o.Text, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } same ? $"Two options read \"{JsonFields.Shown(same.Key)}\"."
            : _options.All(o => o.Text != _right) ? $"The right answer \"{JsonFields.Shown(_right)}\" is not among the options."
            : null;

        private static string Line(string text) => PlainText.OneLine(text);
    }
}
