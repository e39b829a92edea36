using System.Globalization;

namespace Tripos.Bench;

/// <summary>The format with a header: columns user_id, item_id and correct, perhaps timestamp and skill_id, in any order, separated by tabs or commas.</summary>
internal sealed class ResponseTable
{
    private readonly string _path;
    private readonly char _separator;
    private readonly int _user, _item, _correct, _time, _skill, _columns;
    private readonly CollectionIds _ids;
    private readonly List<Rows> _learners = [];
    private readonly IdNumbers _users = new();

    private ResponseTable(string path, string header, int line, CollectionIds ids)
    {
        (_path, _ids) = (path, ids);
        _separator = header.Contains('\t') ? '\t' : ',';
        string[] names = [.. header.Split(_separator).Select(name => name.Trim('"', ' ', '\uFEFF'))];
        _columns = names.Length;
        (_user, _item, _correct) = (Column("user_id"), Column("item_id"), Column("correct"));
        (_time, _skill) = (Array.IndexOf(names, "timestamp"), Array.IndexOf(names, "skill_id"));

        int Column(string name) => Array.IndexOf(names, name) is >= 0 and var column
            ? column
            : throw new BadResponseFileException(path, line, $"The header has no column \"{name}\". Name the columns user_id, item_id, timestamp, correct, skill_id.");
    }

    public static List<LearnerAnswers> Read(string path, List<string> lines, int header, CollectionIds ids)
    {
        var table = new ResponseTable(path, lines[header], header + 1, ids);
        for (int i = header + 1; i < lines.Count; i++)
        {
            if (lines[i].Length > 0)
            {
                table.Add(lines[i], i + 1);
            }
        }

        double unit = table.SecondsPerUnit();
        return [.. table._learners.Select(rows => rows.ToAnswers(unit))];
    }

    private void Add(string text, int line)
    {
        Span<Range> fields = stackalloc Range[_columns + 1];
        var row = text.AsSpan();
        int count = row.Split(fields, _separator);
        if (count != _columns)
        {
            throw new BadResponseFileException(_path, line, $"The row has {(count > _columns ? "more than " : "")}{Math.Min(count, _columns)} columns, the header {_columns}. Repair or remove the row.");
        }

        int user = _users.Of(row[fields[_user]]);
        if (user == _learners.Count)
        {
            _learners.Add(new Rows());
        }

        var rows = _learners[user];
        rows.Items.Add(_ids.Items.Of(row[fields[_item]]));
        rows.Skills.Add(_skill < 0 ? _ids.Skills.Of(row[fields[_item]]) : _ids.Skills.Of(row[fields[_skill]]));
        rows.Correct.Add(Outcome(row[fields[_correct]], line));
        rows.Times.Add(_time < 0 ? double.NaN : Time(row[fields[_time]], line));
    }

    private bool Outcome(ReadOnlySpan<char> text, int line) => ResponseSequences.Outcome(text)
        ?? throw new BadResponseFileException(_path, line, $"\"{text}\" in column correct is not a number from 0 to 1. Write 1 for a correct answer and 0 for a wrong one.");

    private double Time(ReadOnlySpan<char> text, int line) =>
        text.IsWhiteSpace() ? double.NaN
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double time) ? time
        : DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date) ? (date - DateTime.UnixEpoch).TotalSeconds
        : throw new BadResponseFileException(_path, line, $"\"{text}\" in column timestamp is neither a number nor a date. Write seconds, or leave it empty.");

    // Files of milliseconds say so by their size: as seconds, they would span more than 3,000 years.
    private double SecondsPerUnit()
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (double time in _learners.SelectMany(rows => rows.Times).Where(double.IsFinite))
        {
            (least, most) = (Math.Min(least, time), Math.Max(most, time));
        }

        // No time passes between any two responses: the column is there, but says nothing.
        return most <= least ? double.NaN : Math.Max(most, most - least) > 1e11 ? 0.001 : 1;
    }

    private sealed class Rows
    {
        public readonly List<int> Items = [];
        public readonly List<int> Skills = [];
        public readonly List<bool> Correct = [];
        public readonly List<double> Times = [];

        public LearnerAnswers ToAnswers(double unit) => new([.. Items], [.. Skills], [.. Correct], [.. Times.Select(time => time * unit)]);
    }
}
