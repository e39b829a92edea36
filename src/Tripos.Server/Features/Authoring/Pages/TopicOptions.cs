using Microsoft.AspNetCore.Components;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Authoring.Pages;

/// <summary>Topics under their modules, for a select.</summary>
internal static class TopicOptions
{
    public static RenderFragment Of(IReadOnlyList<ReadTopics.Row> topics, int? chosen) => builder =>
    {
        foreach (var module in topics.GroupBy(topic => (topic.ModuleId, topic.Module)))
        {
            builder.OpenElement(0, "optgroup");
            builder.AddAttribute(1, "label", module.Key.Module);
            foreach (var topic in module)
            {
                builder.OpenElement(2, "option");
                builder.AddAttribute(3, "value", topic.TopicId);
                builder.AddAttribute(4, "selected", topic.TopicId == chosen);
                builder.AddContent(5, topic.Name);
                builder.CloseElement();
            }

            builder.CloseElement();
        }
    };
}
