using Tripos.Spacing;

namespace Tripos.Bench.Spacing;

/// <summary>Reviews per second of processor time on one core, and what one allocates.</summary>
public static class SpacingSpeed
{
    private static readonly TimeSpan Time = TimeSpan.FromMilliseconds(300);

    public static object Run(Report report)
    {
        var scheduler = new Scheduler(Fsrs.Default, new() { Fuzz = true });
        var (memory, memoryBytes) = PerSecond(times => Memories(times));
        var (review, reviewBytes) = PerSecond(times => Reviews(scheduler, times));
        report.Line($"  memory states  {memory,12:N0}/s  {memoryBytes,4:N0} B each");
        report.Line($"  reviews        {review,12:N0}/s  {reviewBytes,4:N0} B each (all four answers previewed, with fuzz)");
        return new { memoryStatesPerSecond = Math.Round(memory), reviewsPerSecond = Math.Round(review), bytesPerReview = Math.Round(reviewBytes, 2) };
    }

    private static (double PerSecond, double Bytes) PerSecond(Action<int> work)
    {
        const int Some = 10_000;
        work(Some * 5); // until it is compiled for speed
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        work(Some);
        double bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)Some;

        var before = Environment.CpuUsage.TotalTime;
        int done = 0;
        TimeSpan busy;
        do
        {
            work(Some);
            done += Some;
            busy = Environment.CpuUsage.TotalTime - before;
        }
        while (busy < Time);

        return (done / busy.TotalSeconds, bytes);
    }

    private static void Memories(int times)
    {
        var state = Fsrs.Default.First(Recall.Good);
        for (int i = 0; i < times; i++)
        {
            state = Fsrs.Default.Next(state, i % 7 == 0 ? Recall.Again : Recall.Good, 1 + i % 20);
        }
    }

    private static void Reviews(Scheduler scheduler, int times)
    {
        var card = Card.New(DateTime.UnixEpoch);
        for (int i = 0; i < times; i++)
        {
            card = i % 12 == 0 ? Card.New(DateTime.UnixEpoch) : card;
            card = scheduler.Review(card, i % 7 == 0 ? Recall.Again : Recall.Good, card.DueAt, (ulong)i);
        }
    }
}
