using System.Net.Http.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Rules;

/// <summary>An endpoint with an id in its route, and how to make something behind it that belongs to somebody.</summary>
/// <param name="Template">As the endpoint declares it.</param>
/// <param name="UrlAsync">Makes the thing and returns where it is.</param>
public sealed record Door(string Method, string Template, Func<TriposApp, Task<string>> UrlAsync)
{
    /// <summary>Whom the thing belongs to: the door opens for them, which shows that it is the right door.</summary>
    public Person Owner { get; init; } = Ada;

    /// <summary>What Otto is told: 404, or 403 where a role he lacks is asked for before anything is looked up.</summary>
    public int Stranger { get; init; } = 404;

    public object? Json { get; init; }

    /// <summary>A chunk of a recording, sent with its checksum.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>Name and fields of the form that is posted to a page.</summary>
    public (string Name, (string Name, string Value)[] Fields)? Form { get; init; }

    public override string ToString() => $"{Method} {Template} {Form?.Name}";
}

/// <summary>Every endpoint with an id in its route. A feature adds its rows here; <see cref="StrangerTests"/> says when one is missing.</summary>
public static class Doors
{
    /// <summary>Endpoints whose id is nobody's: with the reason.</summary>
    public static readonly IReadOnlyDictionary<string, string> ForEverybody = new Dictionary<string, string>
    {
        ["GET /tests/{TestId:guid}"] = "A test is offered to everybody who is signed in.",
        ["POST /api/tests/{testId:guid}/attempts"] = "A test is offered to everybody who is signed in.",
        ["GET /{**path:file}"] = "Files beside the stylesheet, while the server runs from its checkout.",
        ["DELETE /api/practice/bookmarks/{questionId:int}"] = "Takes away the caller's own mark, if there is one.",
        ["GET /media/{sha256:length(64)}"] = "What authors put into the library is for everybody who is signed in; recordings have doors of their own.",
        ["GET /openapi/{documentName}.json"] = "The description of the API holds nothing of anybody.",
    };

    /// <summary>Sent to share the answer that the door has just made.</summary>
    private static readonly Dictionary<string, object> EssayToShare = new() { ["position"] = 1 };

    public static readonly Door[] All =
    [
        // Accounts
        new("DELETE", "/api/sessions/{id:guid}", async app => $"/api/sessions/{await SessionAsync(app)}"),
        new("DELETE", "/api/tokens/{id:guid}", async app => $"/api/tokens/{await TokenAsync(app)}"),
        new("GET", "/teams/{TeamId:guid}", TeamAsync),
        new("POST", "/teams/{TeamId:guid}", TeamAsync) { Form = ("invite", [("Form.Role", "Member")]) },
        new("POST", "/teams/{TeamId:guid}", TeamAsync) { Form = ($"role-{Ada.Id}", [("Form.Role", "Admin")]) },
        new("POST", "/teams/{TeamId:guid}", TeamAsync) { Form = ($"remove-{Ada.Id}", []) },
        new("GET", "/admin/people/{PersonId:guid}", _ => Task.FromResult($"/admin/people/{Ada.Id}")) { Owner = Root, Stranger = 403 },
        new("POST", "/admin/people/{PersonId:guid}", _ => Task.FromResult($"/admin/people/{Ada.Id}")) { Owner = Root, Stranger = 403, Form = ("link", []) },

        // Credits
        new("PUT", "/api/teams/{teamId:guid}/credit-cap", async app => $"/api{await TeamAsync(app)}/credit-cap") { Json = new { credits = 100 } },
        new("DELETE", "/api/teams/{teamId:guid}/credit-cap", async app => $"/api{await TeamAsync(app)}/credit-cap"),
        new("PUT", "/api/admin/memberships/{userId:guid}", _ => Task.FromResult($"/api/admin/memberships/{Ada.Id}")) { Owner = Root, Stranger = 403, Json = new { level = "pro" } },
        new("GET", "/admin/credits/{PersonId:guid}", _ => Task.FromResult($"/admin/credits/{Ada.Id}")) { Owner = Root, Stranger = 403 },
        new("POST", "/admin/credits/{PersonId:guid}", _ => Task.FromResult($"/admin/credits/{Ada.Id}")) { Owner = Root, Stranger = 403, Form = ("give", [("Form.Credits", "1"), ("Form.Reason", "A present")]) },

        // Classes
        new("GET", "/api/classes/{classId:guid}", async app => $"/api/classes/{await app.HasClass()}") { Owner = Tess },
        new("PUT", "/api/classes/{classId:guid}", async app => $"/api/classes/{await app.HasClass()}") { Owner = Tess, Json = new { name = "Renamed" } },
        new("PUT", "/api/classes/{classId:guid}/status", async app => $"/api/classes/{await app.HasClass()}/status") { Owner = Tess, Json = new { status = "archived" } },
        new("PUT", "/api/classes/{classId:guid}/join-code", async app => $"/api/classes/{await app.HasClass()}/join-code") { Owner = Tess },
        new("DELETE", "/api/classes/{classId:guid}/join-code", async app => $"/api/classes/{await app.HasClass()}/join-code") { Owner = Tess },
        new("GET", "/api/classes/{classId:guid}/members", async app => $"/api/classes/{await app.HasClass()}/members") { Owner = Tess },
        new("DELETE", "/api/classes/{classId:guid}/members/{learnerId:guid}", async app => $"/api/classes/{await app.HasClass(null, Ada)}/members/{Ada.Id}"),
        new("DELETE", "/api/classes/{classId:guid}/members/{learnerId:guid}", async app => $"/api/classes/{await app.HasClass(null, Ada)}/members/{Ada.Id}") { Owner = Tess },
        new("POST", "/api/classes/{classId:guid}/roster", async app => $"/api/classes/{await app.HasClass()}/roster") { Owner = Tess, Json = new { csv = "ada@example.org" } },
        new("DELETE", "/api/classes/{classId:guid}/roster/{email}", async app =>
        {
            var id = await app.HasClass();
            await app.Run("INSERT INTO class_roster (class_id, normalized_email) VALUES ($1, 'NELL@EXAMPLE.ORG')", id);
            return $"/api/classes/{id}/roster/nell@example.org";
        }) { Owner = Tess },
        new("POST", "/api/classes/{classId:guid}/invitations", async app => $"/api/classes/{await app.HasClass()}/invitations") { Owner = Tess },
        new("GET", "/api/classes/{classId:guid}/sessions", async app => $"/api/classes/{await app.HasClass(null, Ada)}/sessions"),
        new("POST", "/api/classes/{classId:guid}/sessions", async app => $"/api/classes/{await app.HasClass()}/sessions") { Owner = Tess, Json = new { testId = Guid.Empty } },
        new("GET", "/classes/{ClassId:guid}", async app => $"/classes/{await app.HasClass(null, Ada)}"),
        new("POST", "/classes/{ClassId:guid}", async app => $"/classes/{await app.HasClass(null, Ada)}") { Form = ("leave", []) },
        new("POST", "/classes/{ClassId:guid}", async app => $"/classes/{await app.HasClass()}") { Owner = Tess, Form = ("archive", []) },
        new("POST", "/classes/{ClassId:guid}", async app => $"/classes/{await app.HasClass()}") { Owner = Tess, Form = ("details", [("Form.Name", "Renamed")]) },
        new("POST", "/classes/{ClassId:guid}", async app => $"/classes/{await app.HasClass()}") { Owner = Tess, Form = ("new-code", []) },
        new("POST", "/classes/{ClassId:guid}", async app => $"/classes/{await app.HasClass()}") { Owner = Tess, Form = ("roster", [("list", "ada@example.org")]) },
        new("GET", "/classes/{ClassId:guid}/sessions/new", async app => $"/classes/{await app.HasClass()}/sessions/new") { Owner = Tess },
        new("POST", "/classes/{ClassId:guid}/sessions/new", async app => $"/classes/{await WithTestAsync(app)}/sessions/new") { Owner = Tess, Form = ("plan", []) },
        new("GET", "/live/{SessionId:guid}/edit", async app => $"/live/{await app.HasSession()}/edit") { Owner = Tess },
        new("POST", "/live/{SessionId:guid}/edit", async app => $"/live/{await app.HasSession()}/edit") { Owner = Tess, Form = ("plan", []) },
        new("PUT", "/api/live/sessions/{sessionId:guid}", async app => $"/api/live/sessions/{await app.HasSession()}") { Owner = Tess, Json = new { testId = Guid.Empty, revision = 1 } },
        new("GET", "/api/learners/{learnerId:guid}/accommodation", LearnerAsync) { Owner = Tess },
        new("PUT", "/api/learners/{learnerId:guid}/accommodation", LearnerAsync) { Owner = Tess, Json = new { factor = 1.25 } },
        new("DELETE", "/api/learners/{learnerId:guid}/accommodation", LearnerAsync) { Owner = Tess },

        // Live sessions
        new("GET", "/api/live/sessions/{sessionId:guid}", async app => $"/api/live/sessions/{await app.HasSession()}") { Owner = Tess },
        new("POST", "/api/live/sessions/{sessionId:guid}/opening", async app => $"/api/live/sessions/{await app.HasSession(status: "scheduled")}/opening") { Owner = Tess },
        new("POST", "/api/live/sessions/{sessionId:guid}/start", async app => $"/api/live/sessions/{await WithAdaAsync(app)}/start") { Owner = Tess },
        new("POST", "/api/live/sessions/{sessionId:guid}/completion", async app => $"/api/live/sessions/{await RunningAsync(app)}/completion") { Owner = Tess },
        new("POST", "/api/live/sessions/{sessionId:guid}/cancellation", async app => $"/api/live/sessions/{await app.HasSession()}/cancellation") { Owner = Tess },
        new("POST", "/api/live/sessions/{sessionId:guid}/participants", async app => $"/api/live/sessions/{await app.HasSession()}/participants"),
        new("POST", "/api/live/sessions/{sessionId:guid}/actions", async app => $"/api/live/sessions/{await RunningAsync(app)}/actions") { Owner = Tess, Json = new { kind = "pause" } },
        new("PUT", "/api/live/sessions/{sessionId:guid}/actions/{actionId:guid}/receipt", ActionAsync),
        new("POST", "/api/live/sessions/{sessionId:guid}/events", async app => $"/api/live/sessions/{await RunningAsync(app)}/events") { Json = new[] { new { id = Guid.CreateVersion7(), kind = "paste", at = DateTimeOffset.UtcNow } } },
        new("GET", "/live/{SessionId:guid}", async app => $"/live/{await app.HasSession()}"),
        new("POST", "/live/{SessionId:guid}", async app => $"/live/{await app.HasSession()}") { Form = ("enter", []) },

        new("GET", "/api/live/sessions/{sessionId:guid}/timeline", async app => $"/api/live/sessions/{await app.HasSession()}/timeline") { Owner = Tess },
        new("GET", "/api/live/sessions/{sessionId:guid}/results", async app => $"/api/live/sessions/{await app.HasSession()}/results") { Owner = Tess },
        new("GET", "/api/live/sessions/{sessionId:guid}/results.csv", async app => $"/api/live/sessions/{await app.HasSession()}/results.csv") { Owner = Tess },
        new("GET", "/live/{SessionId:guid}/results", async app => $"/live/{await app.HasSession()}/results") { Owner = Tess },
        new("GET", "/live/{SessionId:guid}/replay", async app => $"/live/{await app.HasSession()}/replay") { Owner = Tess },
        new("GET", "/live/{SessionId:guid}/learners/{LearnerId:guid}", async app => $"/live/{await RunningAsync(app)}/learners/{Ada.Id}") { Owner = Tess },

        new("GET", "/live/{SessionId:guid}/wall", async app => $"/live/{await app.HasSession()}/wall") { Owner = Tess },
        new("POST", "/live/{SessionId:guid}/wall", async app => $"/live/{await app.HasSession(status: "scheduled")}/wall") { Owner = Tess, Form = ("opening", []) },
        new("POST", "/live/{SessionId:guid}/wall", async app => $"/live/{await app.HasSession()}/wall") { Owner = Tess, Form = ("cancellation", []) },
        new("POST", "/live/{SessionId:guid}/wall", async app => $"/live/{await WithAdaAsync(app)}/wall") { Owner = Tess, Form = ("start", []) },
        new("POST", "/live/{SessionId:guid}/wall", async app => $"/live/{await RunningAsync(app)}/wall") { Owner = Tess, Form = ("completion", []) },
        new("GET", "/live/{sessionId:guid}/wall/learners/{learnerId:guid}", async app => $"/live/{await WithAdaAsync(app)}/wall/learners/{Ada.Id}") { Owner = Tess },

        // Attempts
        new("GET", "/attempts/{AttemptId:guid}", PlayerAsync),
        new("POST", "/attempts/{AttemptId:guid}", PlayerAsync) { Form = ("player", [("q1", "a")]) },
        new("GET", "/attempts/{AttemptId:guid}/result", ResultAsync),
        new("GET", "/api/attempts/{attemptId:guid}", async app => $"/api/attempts/{await app.Starts(Ada, await app.HasTest())}"),
        new("GET", "/api/attempts/{attemptId:guid}/result", async app => $"/api/attempts/{await app.Sits(Ada, await app.HasTest(), "a")}/result"),
        new("GET", "/api/attempts/{attemptId:guid}/state", app => AttemptAsync(app, "state")),
        new("PUT", "/api/attempts/{attemptId:guid}/answers/{position:int}", app => AttemptAsync(app, "answers/1")) { Json = new { response = new { chosen = new[] { "a" } }, sequence = 1 } },
        new("GET", "/api/attempts/{attemptId:guid}/answers/{position:int}/history", app => AttemptAsync(app, "answers/1/history")),
        new("PUT", "/api/attempts/{attemptId:guid}/answers/{position:int}/feedback", async app =>
        {
            var attempt = await app.StartsPractice(Ada);
            await app.Answers(Ada, attempt, 1, Bodies.RightAnswer("single-choice"));
            return $"/api/attempts/{attempt}/answers/1/feedback";
        }),
        new("PUT", "/api/attempts/{attemptId:guid}/answers/{position:int}/closure", async app => $"/api/attempts/{await SessionAsync(app, "adaptive")}/answers/1/closure"),
        new("PUT", "/api/attempts/{attemptId:guid}/flags/{position:int}", app => AttemptAsync(app, "flags/1")) { Json = new { flagged = true } },
        new("GET", "/api/attempts/{attemptId:guid}/annotations", app => AttemptAsync(app, "annotations")),
        new("PUT", "/api/attempts/{attemptId:guid}/annotations/{annotationId:guid}", app => AttemptAsync(app, $"annotations/{Guid.CreateVersion7()}")) { Json = Highlights.Some },
        new("DELETE", "/api/attempts/{attemptId:guid}/annotations/{annotationId:guid}", app => AttemptAsync(app, $"annotations/{Guid.CreateVersion7()}")),
        new("GET", "/attempts/{AttemptId:guid}/report", async app => $"/attempts/{await app.Sits(Ada, await app.HasTestOf(["pte-write-from-dictation"], new() { Profile = "pte-2025-08" }))}/report"),
        new("GET", "/api/profiles/{profile}/regrade", _ => Task.FromResult("/api/profiles/pte-2023/regrade?to=pte-2025-08")) { Owner = Tess, Stranger = 403 },
        new("POST", "/api/profiles/{profile}/regrades", async app =>
        {
            await app.Sits(Ada, await app.HasTestOf(["pte-write-from-dictation"], new() { Profile = "pte-2023" }));
            return "/api/profiles/pte-2023/regrades";
        }) { Owner = Tess, Stranger = 403, Json = new { to = "pte-2025-08", reason = "Because.", revisions = new Dictionary<Guid, int>() } },
        new("GET", "/api/attempts/{attemptId:guid}/report", async app => $"/api/attempts/{await app.Sits(Ada, await app.HasTestOf(["pte-write-from-dictation"], new() { Profile = "pte-2025-08" }))}/report"),
        new("PUT", "/api/attempts/{attemptId:guid}/parts/{number:int}", async app => $"/api/attempts/{await app.Starts(Ada, await app.HasTestInParts(("Reading", 1, null)))}/parts/1"),
        new("POST", "/api/attempts/{attemptId:guid}/submission", app => AttemptAsync(app, "submission")) { Json = new { type = "manual" } },
        new("POST", "/api/attempts/{attemptId:guid}/forced-submission", app => AttemptAsync(app, "forced-submission")) { Owner = Tess, Stranger = 403 },
        new("GET", "/api/questions/{questionId:int}/regrade", async app => $"/api/questions/{(await app.HasTest()).QuestionIds[0]}/regrade") { Owner = Tess, Stranger = 403 },
        new("GET", "/questions/{QuestionId:int}/regrade", async app => $"/questions/{(await app.HasTest()).QuestionIds[0]}/regrade") { Owner = Tess, Stranger = 403 },
        new("POST", "/api/questions/{questionId:int}/regrades", RegradesAsync) { Owner = Tess, Stranger = 403, Json = new { versionId = 1, reason = "a test" } },
        new("DELETE", "/api/regrades/{regradeId:guid}", RegradeAsync) { Owner = Tess, Stranger = 403 },
        // Practice
        new("POST", "/api/practice/sessions/{attemptId:guid}/end", async app => $"/api/practice/sessions/{await SessionAsync(app, "adaptive")}/end") { Json = new { } },
        new("GET", "/api/practice/sessions/{attemptId:guid}/report", async app => $"/api/practice/sessions/{await PlacementAsync(app)}/report"),
        new("GET", "/practice/sessions/{AttemptId:guid}", async app => $"/practice/sessions/{await SessionAsync(app, "adaptive")}"),
        new("POST", "/practice/sessions/{AttemptId:guid}", async app => $"/practice/sessions/{await SessionAsync(app, "adaptive")}") { Form = ("finish", []) },
        new("GET", "/practice/sessions/{AttemptId:guid}/report", async app => $"/practice/sessions/{await PlacementAsync(app)}/report"),
        new("POST", "/api/practice/plans/{planId:guid}/attempt", async app => $"/api/practice/plans/{await PlanAsync(app)}/attempt") { Json = new { } },
        new("DELETE", "/api/practice/plans/{planId:guid}", async app => $"/api/practice/plans/{await PlanAsync(app)}"),
        new("PUT", "/api/practice/bookmarks/{questionId:int}", async app => $"/api/practice/bookmarks/{(await MetAsync(app))}") { Json = new { } },
        new("PUT", "/api/calibration/{questionId:int}/decision", async app => $"/api/calibration/{(await app.HasTest()).QuestionIds[0]}/decision") { Owner = Tess, Stranger = 403, Json = new { decision = "publish" } },
        // Authoring
        new("GET", "/questions/{QuestionId:int}", async app => $"/questions/{(await app.HasTest()).QuestionIds[0]}") { Owner = Tess, Stranger = 403 },
        new("POST", "/questions/{QuestionId:int}", async app => $"/questions/{(await app.HasTest()).QuestionIds[0]}") { Owner = Tess, Stranger = 403, Form = ("restore-1", [("version", "1")]) },
        new("GET", "/questions/{QuestionId:int}/compare", async app => $"/questions/{(await app.HasTest()).QuestionIds[0]}/compare") { Owner = Tess, Stranger = 403 },
        new("GET", "/questions/{QuestionId:int}/edit", async app => $"/questions/{(await app.HasTest()).QuestionIds[0]}/edit") { Owner = Tess, Stranger = 403 },
        new("POST", "/questions/{QuestionId:int}/edit", async app => $"/questions/{(await app.HasTest()).QuestionIds[0]}/edit") { Owner = Tess, Stranger = 403, Form = ("question", [("do", "preview")]) },
        new("GET", "/questions/{QuestionId:int}/try", async app => $"/questions/{(await app.HasTest()).QuestionIds[0]}/try") { Owner = Tess, Stranger = 403 },
        new("POST", "/questions/{QuestionId:int}/try", async app => $"/questions/{(await app.HasTest()).QuestionIds[0]}/try") { Owner = Tess, Stranger = 403, Form = ("try", [("q1", "a")]) },
        // Evaluation: asking
        new("GET", "/attempts/{AttemptId:guid}/evaluations", async app => $"/attempts/{(await app.HasEssay()).AttemptId}/evaluations"),
        new("POST", "/attempts/{AttemptId:guid}/evaluations", async app => $"/attempts/{(await app.HasEssay()).AttemptId}/evaluations") { Form = ("ask-all", [("credits", "1")]) },
        new("POST", "/attempts/{AttemptId:guid}/evaluations/{Position:int}", async app => $"/attempts/{(await app.HasEssay()).AttemptId}/evaluations/1") { Form = ("ask-model", []) },
        new("POST", "/api/attempts/{attemptId:guid}/evaluations/{position:int}", async app => $"/api/attempts/{(await app.HasEssay()).AttemptId}/evaluations/1"),
        new("GET", "/api/attempts/{attemptId:guid}/evaluation-estimate", async app => $"/api/attempts/{(await app.HasEssay()).AttemptId}/evaluation-estimate"),
        new("POST", "/api/attempts/{attemptId:guid}/evaluations", async app => $"/api/attempts/{(await app.HasEssay()).AttemptId}/evaluations") { Json = new { credits = 1 } },
        new("GET", "/tests/{TestId:guid}/evaluations", async app => $"/tests/{(await app.HasEssay()).Test.Id}/evaluations") { Owner = Tess, Stranger = 403 },
        new("POST", "/tests/{TestId:guid}/evaluations", async app => $"/tests/{(await app.HasEssay()).Test.Id}/evaluations") { Owner = Tess, Stranger = 403, Form = ("ask-test", [("credits", "1")]) },
        new("GET", "/api/tests/{testId:guid}/evaluation-estimate", async app => $"/api/tests/{(await app.HasEssay()).Test.Id}/evaluation-estimate") { Owner = Tess, Stranger = 403 },
        new("POST", "/api/tests/{testId:guid}/evaluations", async app => $"/api/tests/{(await app.HasEssay()).Test.Id}/evaluations") { Owner = Tess, Stranger = 403, Json = new { credits = 1 } },
        new("GET", "/rubrics/{RubricId:int}", async app => $"/rubrics/{await RubricAsync(app)}") { Owner = Tess, Stranger = 403 },
        new("POST", "/rubrics/{RubricId:int}", async app => $"/rubrics/{await RubricAsync(app)}") { Owner = Tess, Stranger = 403, Form = ("archive", []) },
        new("GET", "/api/rubrics/{rubricId:int}", async app => $"/api/rubrics/{await RubricAsync(app)}") { Owner = Tess, Stranger = 403 },
        new("PUT", "/api/rubrics/{rubricId:int}", async app => $"/api/rubrics/{await RubricAsync(app)}") { Owner = Tess, Stranger = 403, Json = new { name = "Essay", basedOn = 1, traits = new[] { new { name = "content", title = "Content", max = 5 } } } },
        new("DELETE", "/api/rubrics/{rubricId:int}", async app => $"/api/rubrics/{await RubricAsync(app)}") { Owner = Tess, Stranger = 403 },
        new("GET", "/questions/{questionId:int}/glance", async app => $"/questions/{(await app.HasTest()).QuestionIds[0]}/glance") { Owner = Tess, Stranger = 403 },
        new("GET", "/tests/{TestId:guid}/results", async app => $"/tests/{(await app.HasTest()).Id}/results") { Owner = Tess, Stranger = 403 },

        // Media
        new("GET", "/api/media/{fileId:guid}", async app => $"/api/media/{await app.HasPicture()}") { Owner = Tess, Stranger = 403 },
        new("PATCH", "/api/media/{fileId:guid}", async app => $"/api/media/{await app.HasPicture()}") { Owner = Tess, Stranger = 403, Json = new { altText = "A dot" } },
        new("DELETE", "/api/media/{fileId:guid}", async app => $"/api/media/{await app.HasPicture()}") { Owner = Tess, Stranger = 403 },
        new("GET", "/media/files/{FileId:guid}", async app => $"/media/files/{await app.HasPicture()}") { Owner = Tess, Stranger = 403 },
        new("POST", "/media/files/{FileId:guid}", async app => $"/media/files/{await app.HasPicture()}") { Owner = Tess, Stranger = 403, Form = ("describe", [("Form.Title", "A dot")]) },
        new("POST", "/media/files/{FileId:guid}", async app => $"/media/files/{await app.HasPicture()}") { Owner = Tess, Stranger = 403, Form = ("remove", []) },

        // Recordings
        new("GET", "/api/attempts/{attemptId:guid}/recordings", async app => $"/api/attempts/{await app.StartsSpeaking(Ada)}/recordings"),
        new("POST", "/api/attempts/{attemptId:guid}/recordings", async app => $"/api/attempts/{await app.StartsSpeaking(Ada)}/recordings") { Json = new { position = 1, mediaType = "audio/wav" } },
        new("POST", "/api/attempts/{attemptId:guid}/recordings/trouble", async app => $"/api/attempts/{await app.StartsSpeaking(Ada)}/recordings/trouble") { Json = new { position = 1, kind = "denied" } },
        new("GET", "/api/attempts/{attemptId:guid}/recordings/{recordingId:guid}", TakeAsync),
        new("PUT", "/api/attempts/{attemptId:guid}/recordings/{recordingId:guid}/chunks/{number:int}", async app => $"{await TakeAsync(app)}/chunks/1") { Bytes = Sounds.Beep(), Stranger = 404 },
        new("POST", "/api/attempts/{attemptId:guid}/recordings/{recordingId:guid}/completion", async app => $"{await TakeAsync(app)}/completion") { Json = new { chunks = 1, durationMs = 1000, sha256 = "" } },
        new("GET", "/api/attempts/{attemptId:guid}/recordings/{recordingId:guid}/audio", async app =>
        {
            var attempt = await app.StartsSpeaking(Ada);
            return $"/api/attempts/{attempt}/recordings/{await app.Records(Ada, attempt, 1)}/audio";
        }),

        // Shared answers
        new("GET", "/questions/{QuestionId:int}/answers", async app => $"/questions/{(await app.HasEssay()).QuestionId}/answers"),
        new("POST", "/questions/{QuestionId:int}/answers", async app => $"/questions/{(await app.HasEssay()).QuestionId}/answers") { Form = ("share", [("Form.Note", "Mine")]) },
        new("GET", "/api/questions/{questionId:int}/shared-answers", async app => $"/api/questions/{(await app.HasEssay()).QuestionId}/shared-answers"),
        new("POST", "/api/questions/{questionId:int}/shared-answers", EssayAsync) { Json = EssayToShare },
        new("PUT", "/api/questions/{questionId:int}/sharing", async app => $"/api/questions/{(await app.HasEssay()).QuestionId}/sharing") { Owner = Tess, Stranger = 403, Json = new { sharing = "off" } },
        new("GET", "/api/shared-answers/{id:guid}", async app => $"/api/shared-answers/{await app.HasSharedEssay()}"),
        new("GET", "/api/shared-answers/{id:guid}/audio", async app => $"/api/shared-answers/{await app.HasSharedRecording()}/audio"),
        new("DELETE", "/api/shared-answers/{id:guid}", async app => $"/api/shared-answers/{await app.HasSharedEssay()}"),
        new("PUT", "/api/shared-answers/{id:guid}/helpful", async app => $"/api/shared-answers/{await app.HasSharedEssay()}/helpful") { Owner = Tess },
        new("DELETE", "/api/shared-answers/{id:guid}/helpful", async app => $"/api/shared-answers/{await app.HasSharedEssay()}/helpful") { Owner = Tess },
        new("POST", "/api/shared-answers/{id:guid}/reports", async app => $"/api/shared-answers/{await app.HasSharedEssay()}/reports") { Owner = Tess, Json = new { reason = "spam" } },
        new("PUT", "/api/shared-answers/{id:guid}/hiding", async app => $"/api/shared-answers/{await app.HasSharedEssay()}/hiding") { Owner = Tess, Stranger = 403, Json = new { reason = "Spam" } },
        new("DELETE", "/api/shared-answers/{id:guid}/hiding", async app => $"/api/shared-answers/{await app.HasSharedEssay()}/hiding") { Owner = Tess, Stranger = 403 },
        new("PUT", "/api/reports/{reportId:guid}/settlement", async app => $"/api/reports/{await app.HasReport(Tess, await app.HasSharedEssay())}/settlement") { Owner = Tess, Stranger = 403, Json = new { decision = "dismiss" } },

        // Marking
        new("GET", "/api/marking/{attemptId:guid}/{position:int}", async app => $"/api/marking/{(await app.HasEssay()).AttemptId}/1") { Owner = Tess, Stranger = 403 },
        new("PUT", "/api/marking/{attemptId:guid}/{position:int}", async app => $"/api/marking/{(await app.HasEssay()).AttemptId}/1") { Owner = Tess, Stranger = 403, Json = new { revision = 0, draft = true } },
        new("DELETE", "/api/marking/{attemptId:guid}/{position:int}", async app => $"/api/marking/{(await app.HasEssay()).AttemptId}/1?revision=0&reason=Wrong") { Owner = Tess, Stranger = 403 },
        new("GET", "/marking/{AttemptId:guid}/{Position:int}", async app => $"/marking/{(await app.HasEssay()).AttemptId}/1") { Owner = Tess, Stranger = 403 },
        new("POST", "/marking/{AttemptId:guid}/{Position:int}", async app => $"/marking/{(await app.HasEssay()).AttemptId}/1") { Owner = Tess, Stranger = 403, Form = ("mark", [("then", "draft")]) },
        new("PUT", "/api/tests/{testId:guid}/marking-plan", async app => $"/api/tests/{(await app.HasTest()).Id}/marking-plan") { Owner = Tess, Stranger = 403, Json = new { blind = true } },
        new("GET", "/attempts/{AttemptId:guid}/evaluations/{Position:int}", async app => $"/attempts/{(await app.HasEssay()).AttemptId}/evaluations/1"),
        new("GET", "/api/attempts/{attemptId:guid}/evaluations/{position:int}", async app => $"/api/attempts/{(await app.HasEssay()).AttemptId}/evaluations/1"),

        // Review
        new("POST", "/api/review/cards/{cardId:long}/reviews", async app => $"/api/review/cards/{await app.HasNoteCard()}/reviews") { Json = new { recall = "good" } },
        new("PUT", "/api/review/cards/{cardId:long}/suspension", async app => $"/api/review/cards/{await app.HasNoteCard()}/suspension") { Json = new { suspended = true } },
        new("DELETE", "/api/review/cards/{cardId:long}", async app => $"/api/review/cards/{await app.HasNoteCard()}"),
        new("GET", "/review/import/{ImportId:guid}", async app => $"/review/import/{await app.HasCardImport()}"),
        new("POST", "/review/import/{ImportId:guid}", async app => $"/review/import/{await app.HasCardImport()}") { Form = ("commit", []) },

        // Interchange
        new("GET", "/api/imports/{importId:guid}", async app => $"/api/imports/{await ImportAsync(app)}") { Owner = Tess },
        new("POST", "/api/imports/{importId:guid}/commit", async app => $"/api/imports/{await ImportAsync(app)}/commit") { Owner = Tess },
        new("GET", "/import/{BatchId:guid}", async app => $"/import/{await ImportAsync(app)}") { Owner = Tess, Stranger = 403 },
        new("POST", "/import/{BatchId:guid}", async app => $"/import/{await ImportAsync(app)}") { Owner = Tess, Stranger = 403, Form = ("commit", []) },
        new("GET", "/api/tests/{testId:guid}/export", async app => $"/api/tests/{(await app.HasTest()).Id}/export") { Owner = Tess },
        new("PUT", "/api/questions/{questionId:int}/key", async app => $"/api/questions/{(await app.HasTest()).QuestionIds[0]}/key") { Owner = Tess, Json = new { correct = new[] { "b" } } },
        new("GET", "/tests/{TestId:guid}/keys", async app => $"/tests/{(await app.HasTest()).Id}/keys") { Owner = Tess, Stranger = 403 },
        new("POST", "/tests/{TestId:guid}/keys", async app => $"/tests/{(await app.HasTest()).Id}/keys") { Owner = Tess, Stranger = 403, Form = ("key", []) },
    ];

    private static async Task<Guid> SessionAsync(TriposApp app)
    {
        using var browser = await app.InBrowserOf(Ada);
        return await app.Value<Guid>("SELECT id FROM sessions WHERE user_id = $1 ORDER BY id DESC LIMIT 1", Ada.Id);
    }

    private static async Task<Guid> SessionAsync(TriposApp app, string kind)
    {
        var (topic, _) = await app.HasPracticeTopic(3);
        var attempt = await app.StartsSession(Ada, [topic], kind);
        await app.Next(Ada, attempt);
        return attempt;
    }

    private static async Task<Guid> PlacementAsync(TriposApp app)
    {
        var attempt = await SessionAsync(app, "placement");
        await app.AnswersOpen(Ada, attempt, 1, closing: "closure");
        (await app.As(Ada).PostAsync($"/api/practice/sessions/{attempt}/end", null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        return attempt;
    }

    private static async Task<Guid> PlanAsync(TriposApp app)
    {
        var (topic, _) = await app.HasPracticeTopic(3);
        return await app.Value<Guid>("INSERT INTO planned_practice (id, learner_id, title, plan, scheduled_for) VALUES ($1, $2, 'Practice', jsonb_build_object('topicIds', jsonb_build_array($3::integer), 'count', 2), current_date) RETURNING id", Guid.CreateVersion7(), Ada.Id, topic);
    }

    private static async Task<int> MetAsync(TriposApp app)
    {
        var test = await app.HasTest();
        await app.Sits(Ada, test, "a");
        return test.QuestionIds[0];
    }

    private static Task<Guid> TokenAsync(TriposApp app) => app.Value<Guid>("""
        INSERT INTO api_tokens (id, user_id, name, secret_hash, scope, expires_at) VALUES ($1, $2, 'script', sha256($1::text::bytea), 'read', now() + interval '1 day') RETURNING id
        """, Guid.CreateVersion7(), Ada.Id);

    private static async Task<Guid> WithTestAsync(TriposApp app)
    {
        await app.HasTest();
        return await app.HasClass();
    }

    private static async Task<string> LearnerAsync(TriposApp app)
    {
        await app.HasClass(null, Ada);
        return $"/api/learners/{Ada.Id}/accommodation";
    }

    private static async Task<Guid> WithAdaAsync(TriposApp app)
    {
        var session = await app.HasSession();
        await app.Run("INSERT INTO live_participants (session_id, learner_id, state) VALUES ($1, $2, 1)", session, Ada.Id);
        return session;
    }

    private static async Task<Guid> RunningAsync(TriposApp app)
    {
        var session = await WithAdaAsync(app);
        (await app.Steps(session, "start")).EnsureSuccessStatusCode();
        return session;
    }

    private static async Task<string> ActionAsync(TriposApp app)
    {
        var session = await RunningAsync(app);
        (await app.Acts(session, new { kind = "message", text = "Hello" })).EnsureSuccessStatusCode();
        return $"/api/live/sessions/{session}/actions/{await app.Value<Guid>("SELECT id FROM live_actions WHERE session_id = $1 AND kind = 'message'", session)}/receipt";
    }

    private static async Task<string> TeamAsync(TriposApp app)
    {
        var team = await app.Value<Guid>("INSERT INTO teams (id, name, created_by) VALUES ($1, 'Ada''s team', $2) RETURNING id", Guid.CreateVersion7(), Ada.Id);
        await app.Run("INSERT INTO team_members (team_id, user_id, role) VALUES ($1, $2, 'admin')", team, Ada.Id);
        return $"/teams/{team}";
    }

    private static async Task<Guid> ImportAsync(TriposApp app)
    {
        var reply = await app.Uploads(Tess, ImportUploads.Exam("Door Quiz.json", $"{Guid.CreateVersion7()}", ("1", "Whose is it?", ["*a", "b"])));
        return (await reply.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetGuid();
    }

    private static async Task<string> TakeAsync(TriposApp app)
    {
        var attempt = await app.StartsSpeaking(Ada);
        return $"/api/attempts/{attempt}/recordings/{(await app.StartsTake(Ada, attempt, 1)).RecordingId}";
    }

    private static async Task<string> EssayAsync(TriposApp app)
    {
        var essay = await app.HasEssay();
        EssayToShare["attemptId"] = essay.AttemptId;
        return $"/api/questions/{essay.QuestionId}/shared-answers";
    }

    private static async Task<string> AttemptAsync(TriposApp app, string part) => $"/api/attempts/{await app.Starts(Ada, await app.HasTest())}/{part}";

    private static async Task<string> PlayerAsync(TriposApp app) => $"/attempts/{await app.Starts(Ada, await app.HasTest())}";

    private static async Task<string> ResultAsync(TriposApp app)
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        await app.Submits(Ada, attempt);
        return $"/attempts/{attempt}/result";
    }

    private static async Task<int> RubricAsync(TriposApp app)
    {
        int id = await app.Value<int>("INSERT INTO rubrics (name, created_by) VALUES ('Essay', $1) RETURNING id", Tess.Id);
        await app.Run("INSERT INTO rubric_versions (rubric_id, number, traits) VALUES ($1, 1, '[{\"name\": \"content\", \"title\": \"Content\", \"max\": 5}]')", id);
        return id;
    }

    private static async Task<string> RegradesAsync(TriposApp app) => $"/api/questions/{(await app.HasTest()).QuestionIds[0]}/regrades";

    private static async Task<string> RegradeAsync(TriposApp app)
    {
        var test = await app.HasTest();
        var regrade = await app.Value<Guid>("INSERT INTO regrades (id, question_id, version_id, reason, status, created_by) VALUES ($1, $2, $3, 'a test', 'committed', $4) RETURNING id",
            Guid.CreateVersion7(), test.QuestionIds[0], test.VersionIds[0], Tess.Id);
        return $"/api/regrades/{regrade}";
    }
}
