namespace Tripos.Server.Features.SharedAnswers.Pages;

/// <summary>What sharing is called on pages.</summary>
internal static class SharingWords
{
    public static string Of(FlagReason reason) => reason switch
    {
        FlagReason.Offensive => "It is offensive or hurts somebody",
        FlagReason.PersonalData => "It tells private things about somebody",
        FlagReason.Copied => "It is copied from somewhere",
        FlagReason.Spam => "It is advertising or nonsense",
        FlagReason.Wrong => "It answers another question",
        _ => "Something else",
    };

    /// <summary>What just happened, for the word in the address after a form; null for none.</summary>
    public static string? Done(string? word) => word switch
    {
        "shared" => "Your answer is shared. Others who answered this question can see it now.",
        "withdrawn" => "Your answer is withdrawn. Nobody else sees it any more.",
        "reported" => "Thank you. Those who look after this question will read your report.",
        "hidden" => "The answer is hidden. Its learner reads why; under Reports it can be shown again.",
        "on" => "Learners may share their answers to this question.",
        "off" => "Answers to this question are not shared any more. What was shared is kept, and comes back when you allow it again.",
        _ => null,
    };
}
