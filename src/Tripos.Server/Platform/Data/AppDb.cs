using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tripos.Server.Platform.Data;

/// <summary>All tables. Columns are snake_case and enums snake_case text, by this one rule and no attributes.</summary>
public sealed partial class AppDb(DbContextOptions<AppDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDb).Assembly);

        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));

            if ((Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType) is { IsEnum: true } type)
            {
                property.SetValueConverter((ValueConverter)Activator.CreateInstance(typeof(Words<>).MakeGenericType(type))!);
                property.SetColumnType("text");
            }
        }
    }

    /// <summary>TimeExpired -> time_expired.</summary>
    public static string SnakeCase(string name) => WordStart().Replace(name, "_").ToLowerInvariant();

    private sealed class Words<T>() : ValueConverter<T, string>(value => SnakeCase(value.ToString()), text => Enum.Parse<T>(text.Replace("_", ""), true))
        where T : struct, Enum;

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}
