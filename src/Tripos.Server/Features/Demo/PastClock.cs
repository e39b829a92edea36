namespace Tripos.Server.Features.Demo;

/// <summary>A clock that stands where it is put.</summary>
internal sealed class PastClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
