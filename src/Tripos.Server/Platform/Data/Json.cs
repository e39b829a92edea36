using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tripos.Questions;

namespace Tripos.Server.Platform.Data;

/// <summary>Typed records in jsonb columns.</summary>
public static class Json
{
    /// <summary>Camel case, enums as words, nulls left out: the same as question bodies.</summary>
    public static JsonSerializerOptions Options => QuestionJson.Options;

    extension<T>(PropertyBuilder<T> property)
    {
        /// <summary>Stores the value as jsonb; the record must compare by content or never change.</summary>
        public PropertyBuilder<T> IsJson() =>
            property.HasColumnType("jsonb").HasConversion(
                value => JsonSerializer.Serialize(value, Options),
                text => JsonSerializer.Deserialize<T>(text, Options)!,
                new ValueComparer<T>(
                    (left, right) => JsonSerializer.Serialize(left, Options) == JsonSerializer.Serialize(right, Options),
                    value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
                    value => value));
    }
}
