using System.IO.Compression;
using System.Text;
using Tripos.Bench;

namespace Tripos.Measurement.Tests.Bench;

public sealed class ResponseFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_table_is_read_gzipped_or_not_with_any_ids(bool zipped)
    {
        var learners = Read("user_id\titem_id\ttimestamp\tcorrect\tskill_id\n7\t-5\t10\t1\t3\n8\t99999999999\t11\t0\t3\n7\t99999999999\t75\t0.0\t4\n", zipped);

        Assert.Equal(2, learners.Count);
        Assert.Equal([0, 1], learners[0].Items);
        Assert.Equal([1], learners[1].Items);
        Assert.Equal([0, 1], learners[0].Skills);
        Assert.Equal([true, false], learners[0].Correct);
        Assert.Equal([10, 75], learners[0].AtSeconds);
    }

    [Fact]
    public void A_table_may_have_commas_other_orders_and_no_times_or_skills()
    {
        var learners = Read("correct,item_id,user_id\r\n1,a,x\r\n0,b,x\r\n");

        Assert.Equal([0, 1], Assert.Single(learners).Skills);
        Assert.All(learners[0].AtSeconds, at => Assert.Equal(double.NaN, at));
    }

    [Theory]
    [InlineData("0", "0", double.NaN)] // a column that says nothing
    [InlineData("1700000000000", "1700000060000", 60)] // milliseconds
    [InlineData("1700000000", "1700000060", 60)]
    [InlineData("2024-03-29T20:32:00Z", "2024-03-29T20:33:00Z", 60)]
    public void Times_become_seconds(string first, string second, double gap)
    {
        var learner = Assert.Single(Read($"user_id\titem_id\ttimestamp\tcorrect\n1\t1\t{first}\t1\n1\t2\t{second}\t1\n"));

        Assert.Equal(gap, learner.AtSeconds[1] - learner.AtSeconds[0], 1e-6);
    }

    [Fact]
    public void Three_lines_are_a_count_skills_that_are_the_items_and_outcomes()
    {
        var learners = Read("3\n5,6,5,\n1,0,1,\n1\n6\n0\n\n\n");

        Assert.Equal(2, learners.Count);
        Assert.Equal([0, 1, 0], learners[0].Items);
        Assert.Equal([0, 1, 0], learners[0].Skills);
        Assert.Equal([true, false, true], learners[0].Correct);
        Assert.Equal([1], learners[1].Items);
    }

    [Fact]
    public void Four_lines_have_items_of_their_own()
    {
        var learners = Read("835,1538\n811,1378,811\n65,33,65\n1,0,1\n9,1\n1378\n33\n0\n");

        Assert.Equal(2, learners.Count);
        Assert.Equal([0, 1, 0], learners[0].Items);
        Assert.Equal([1], learners[1].Skills);
        Assert.Equal([false], learners[1].Correct);
    }

    [Fact]
    public void Three_lines_of_one_response_each_are_not_taken_for_four()
    {
        var learners = Read("1\n5\n1\n1\n1\n0\n1\n7\n1\n1\n5\n1\n");

        Assert.Equal(4, learners.Count);
    }

    [Theory]
    [InlineData("", ": The file is empty.")]
    [InlineData("user_id\titem_id\n1\t2\n", ", line 1: The header has no column \"correct\".")]
    [InlineData("user_id\titem_id\tcorrect\n1\t2\t1\n1\t2\n", ", line 3: The row has 2 columns, the header 3.")]
    [InlineData("user_id\titem_id\tcorrect\n1\t2\t5\n", ", line 2: \"5\" in column correct is not a number from 0 to 1.")]
    [InlineData("user_id\titem_id\tcorrect\n", ": The file has no responses.")]
    [InlineData("3\n5,6,5\n1,0\n", ", line 3: There are 3 responses on line 2, but 2 values here.")]
    [InlineData("4\n5,6,5\n1,0,1\n", ", line 1: The line promises 4 responses, but 3 follow.")]
    [InlineData("3\n5,6,5\n1,0,1\n2\n1,1\n", ", line 4: The last learner has 2 of 3 lines.")]
    public void A_bad_file_is_refused_with_the_place_and_a_remedy(string content, string words)
    {
        var refused = Assert.Throws<BadResponseFileException>(() => Read(content));

        Assert.StartsWith(_path + words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_or_damaged_file_is_refused()
    {
        File.WriteAllBytes(_path, [0x1F, 0x8B, 1, 2, 3]);

        Assert.Contains("damaged gzip", Assert.Throws<BadResponseFileException>(() => ResponseFile.Read(_path, new CollectionIds())).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<BadResponseFileException>(() => ResponseFile.Read(_path + ".none", new CollectionIds())).Message, StringComparison.Ordinal);
    }

    private List<LearnerAnswers> Read(string content, bool zipped = false)
    {
        using (var file = File.Create(_path))
        using (Stream into = zipped ? new GZipStream(file, CompressionLevel.Fastest) : file)
        {
            into.Write(Encoding.UTF8.GetBytes(content));
        }

        return ResponseFile.Read(_path, new CollectionIds());
    }
}
