namespace Tripos.Server.Features.Live;

/// <summary>Where everything that happened in a session is kept, in one statement: $1 the session, $2 a learner or null for all, $3 the most.</summary>
internal static class TimelineSql
{
    private const string People = """
        people AS MATERIALIZED (SELECT learner_id, attempt_id, joined_at FROM live_participants WHERE session_id = $1 AND ($2::uuid IS NULL OR learner_id = $2))
        """;

    // Someone who joined while a server was dying may have left no event; the row of the participant knows.
    private const string Reported = """
        SELECT e.at, CASE WHEN e.kind IN ('joined', 'connected', 'disconnected') THEN 'presence' ELSE 'integrity' END, e.kind, e.learner_id, e.position,
            e.details || CASE WHEN e.received_at - e.at > interval '5 seconds' THEN jsonb_build_object('receivedAt', e.received_at) ELSE '{}' END
        FROM live_events e JOIN people p USING (learner_id) WHERE e.session_id = $1
        UNION ALL
        SELECT p.joined_at, 'presence', 'joined', p.learner_id, NULL, '{}'
        FROM people p WHERE NOT EXISTS (SELECT FROM live_events e WHERE e.session_id = $1 AND e.learner_id = p.learner_id AND e.kind = 'joined')
        """;

    // An answer is empty when nothing in it says anything; its form is that of its kind, and no other part of this needs to know it.
    private const string Answers = """
        SELECT e.received_at, 'answers', 'answer', p.learner_id, e.position,
            jsonb_build_object('outcome', e.outcome, 'sequence', e.sequence, 'elapsedMs', e.elapsed_ms, 'confidence', e.confidence, 'answeredAt', e.answered_at,
                'answered', COALESCE(jsonb_path_exists(e.response, '$.** ? (@.type() == "number" || @ == true || (@.type() == "string" && @ != ""))'), false))
        FROM people p JOIN answer_events e ON e.attempt_id = p.attempt_id
        """;

    private const string Attempts = """
        SELECT a.started_at, 'attempt', 'attempt_started', p.learner_id, NULL, jsonb_build_object('deadlineAt', a.deadline_at, 'allowance', a.allowance)
        FROM people p JOIN attempts a ON a.id = p.attempt_id WHERE a.started_at IS NOT NULL
        UNION ALL
        SELECT a.submitted_at, 'attempt', 'attempt_submitted', p.learner_id, NULL, jsonb_build_object('type', a.submit_type, 'answered', a.answered_count, 'percent', a.percent, 'passed', a.passed)
        FROM people p JOIN attempts a ON a.id = p.attempt_id WHERE a.submitted_at IS NOT NULL
        """;

    // What concerns nobody by name concerns everybody: it has no learner.
    private const string Actions = """
        SELECT a.at, 'actions', a.kind, r.learner_id, NULL, a.details || jsonb_build_object('id', a.id, 'by', u.display_name, 'toAll', a.to_all, 'deadlineAt', r.details->'deadlineAt')
        FROM live_actions a LEFT JOIN users u ON u.id = a.actor_id LEFT JOIN live_receipts r ON r.action_id = a.id
        WHERE a.session_id = $1 AND (r.learner_id IS NULL OR $2::uuid IS NULL OR r.learner_id = $2)
        UNION ALL
        SELECT r.acknowledged_at, 'actions', 'acknowledged', r.learner_id, NULL, jsonb_build_object('id', a.id, 'action', a.kind, 'tookMs', (extract(epoch FROM r.acknowledged_at - a.at) * 1000)::bigint)
        FROM live_actions a JOIN live_receipts r ON r.action_id = a.id
        WHERE a.session_id = $1 AND r.acknowledged_at IS NOT NULL AND ($2::uuid IS NULL OR r.learner_id = $2)
        """;

    private const string Highlights = """
        SELECT happened.at, 'highlights', happened.kind, p.learner_id, n.position, jsonb_build_object('id', n.id, 'text', n.text, 'colour', n.colour, 'comment', n.comment)
        FROM people p JOIN annotations n ON n.attempt_id = p.attempt_id,
            LATERAL (VALUES (n.created_at, 'highlighted'), (CASE WHEN n.changed_at > n.created_at THEN n.changed_at END, 'highlight_changed'), (n.removed_at, 'highlight_removed')) happened (at, kind)
        WHERE happened.at IS NOT NULL
        """;

    public const string Entries = $"""
        WITH {People}
        SELECT at, grp, kind, learner_id, position, details::text
        FROM ({Reported} UNION ALL {Answers} UNION ALL {Attempts} UNION ALL {Actions} UNION ALL {Highlights}) AS happened (at, grp, kind, learner_id, position, details)
        ORDER BY at, grp = 'answers', kind, learner_id LIMIT $3
        """;
}
