using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Rules;

/// <summary>The hand-written SQL and the C# entities describe the same columns.</summary>
public sealed class SchemaTests(TriposApp app) : IClassFixture<TriposApp>
{
    /// <summary>Tables that are only reached with SQL, or whose entity is still to be written.</summary>
    private static readonly string[] WithoutEntity =
    [
        "media", "media_chunks", "media_files", "recordings", "recording_chunks", "recording_troubles", "question_search", "bulk_changes",
        "shared_answers", "shared_answer_likes", "moderation_flags",
        "schema_migrations", "jobs", "data_protection_keys", "bookmarks",
        "graded_facts", "responses", "folds", "learner_skills", "item_ratings", "topic_ratings", "rating_changes", "learner_items", "question_stats", "daily_progress", "predictor_state", "predictor_learners",
        "marking_plans", "markings", "marks", "evaluation_turns", "rubrics", "rubric_versions",
        "memberships", "credit_wallets", "credit_transfers", "credit_entries", "credit_accounts", "credit_months", "credit_caps",
        "practice_sessions", "selections", "planned_practice", "calibration_runs",
        "attempts", "answers", "answer_events", "regrades", "regrade_changes", "grades",
        "classes", "class_members", "class_roster", "accommodations", "live_sessions", "live_participants", "live_actions", "live_receipts", "live_events", "annotations",
        "fsrs_weights", "review_schemes", "deck_settings", "notes", "review_cards", "card_reviews", "answer_paces", "cards_mapped", "card_imports",
    ];

    [Fact]
    public async Task Every_entity_matches_its_table()
    {
        using var scope = app.Services.CreateScope();
        var entities = scope.ServiceProvider.GetRequiredService<AppDb>().Model.GetEntityTypes().Where(e => e.GetTableName() is not null).ToList();
        var mapped =
            from entity in entities
            from property in entity.GetProperties()
            select $"{entity.GetTableName()}.{property.GetColumnName()} {property.GetColumnType()} {(property.IsNullable ? "null" : "not null")}";

        var created = await ColumnsAsync();

        string[] tables = [.. entities.Select(e => e.GetTableName()!), .. WithoutEntity];
        Assert.Equal(created.Where(c => !WithoutEntity.Contains(TableOf(c)) || entities.Any(e => e.GetTableName() == TableOf(c))).Order(), mapped.Order());
        Assert.Empty(created.Select(TableOf).Distinct().Except(tables));
    }

    [Fact]
    public async Task The_schema_file_is_what_the_migrations_make()
    {
        string dump = await SchemaDump.OfAsync(app.Sql, TestContext.Current.CancellationToken);

        string file = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "db/schema.sql"), TestContext.Current.CancellationToken);

        Assert.True(dump == file, "db/schema.sql is not what the migrations make. Refresh it with: bin/db schema");
    }

    private async Task<List<string>> ColumnsAsync()
    {
        await using var columns = app.Sql.CreateCommand("""
            SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE ' null' END
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
            """);
        await using var reader = await columns.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> created = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            created.Add(reader.GetString(0));
        }

        return created;
    }

    private static string TableOf(string column) => column.Split('.')[0];
}
