namespace Tripos.Server.Platform.Data;

/// <summary>Where everything lives that is not in the checkout: the embedded database, uploaded files, outgoing mail.</summary>
public static class DataFolder
{
    /// <summary>--data or TRIPOS_DATA, else .data in the checkout, else .data where the process was started.</summary>
    public static string Of(IConfiguration configuration) =>
        Path.GetFullPath(configuration["TRIPOS_DATA"] is { Length: > 0 } named ? named : Path.Combine(Checkout.Root ?? Environment.CurrentDirectory, ".data"));
}
