using Tripos.Server.Platform;
using Tripos.Server.Platform.Web.Components;

namespace Tripos.Server.Features.Accounts.Pages;

/// <summary>The faults of a form, as its fields and the summary on top show them.</summary>
internal static class FormErrors
{
    /// <summary>Every fault, with the id of its field.</summary>
    public static IReadOnlyList<ErrorSummary.FieldError> Of(Problem? problem) =>
        [.. ByField(problem).SelectMany(field => field.Value.Select(message => new ErrorSummary.FieldError(field.Key, message)))];

    /// <summary>The fault of one field, or null.</summary>
    public static string? Of(Problem? problem, string field) => ByField(problem).GetValueOrDefault(field)?.FirstOrDefault();

    private static Dictionary<string, string[]> ByField(Problem? problem) =>
        problem?.Facts?.GetValueOrDefault("errors") as Dictionary<string, string[]> ?? [];
}
