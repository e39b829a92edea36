using System.Globalization;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Authoring;

/// <summary>Topic, difficulty, status and tags from the form.</summary>
public static class PlaceForm
{
    public static (QuestionPlace Place, IReadOnlyList<BodyFault> Faults) Read(EditorForm form)
    {
        List<BodyFault> faults = [];
        var tags = TagWords.Split(form["tags"]);
        if (tags.Count > TagWords.Most || tags.Any(tag => tag.Length > TagWords.Longest))
        {
            faults.Add(new("tags", $"A question has at most {TagWords.Most} tags of at most {TagWords.Longest} characters. Shorten them, or take some away."));
        }

        int? topic = int.TryParse(form["topic"], NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;
        short difficulty = short.TryParse(form["difficulty"], NumberStyles.None, CultureInfo.InvariantCulture, out short level) && level is >= 1 and <= 5 ? level : (short)3;
        return (new QuestionPlace(topic, difficulty, form.Choice<ContentStatus>("status"), tags), faults);
    }
}
