using System.ClientModel;
using System.ClientModel.Primitives;
using Npgsql;
using OpenAI;
using OpenAI.Chat;
using Tripos.Evaluation;
using Tripos.Server.Features.Attempts;

namespace Tripos.Server.Features.Evaluation.Model;

/// <summary>Asks a language model. It tries once: the queue tries again, with pauses.</summary>
internal sealed class ModelEvaluator(ModelSettings settings, NpgsqlDataSource source) : IEvaluator
{
    private readonly ChatClient _client = new(settings.Name, new ApiKeyCredential(settings.Key), new OpenAIClientOptions
    {
        Endpoint = settings.Endpoint,
        NetworkTimeout = settings.Timeout,
        RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        UserAgentApplicationId = "Tripos",
    });

    public EvaluatorKind Kind => EvaluatorKind.Model;

    public int Lanes => settings.Lanes;

    public async Task<Evaluated> EvaluateAsync(LoadedAnswer answer, CancellationToken ct)
    {
        var heard = answer.Judged.Text is null ? await HeardAsync(answer, ct) : null;
        var task = ModelTask.Of(answer.Judged, heard);
        if (task.Traits.Count == 0)
        {
            throw new EvaluationException("A model that reads can judge none of its traits.", isFinal: true);
        }

        var completion = await AskAsync(task, answer.Judged, ct);
        string text = string.Concat(completion.Content.Select(part => part.Text));
        var usage = completion.Usage;
        return new Evaluated(
            ModelVerdict.Read(text, task, answer.Judged.Traits), settings.Name, usage?.InputTokenCount ?? 0, usage?.OutputTokenCount ?? 0,
            settings.CostMicros(usage?.InputTokenCount ?? 0, usage?.OutputTokenCount ?? 0));
    }

    // The recogniser comes first; a model reads what it heard.
    private async Task<HeardSpeech> HeardAsync(LoadedAnswer answer, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        return await Recommendations.HeardAsync(connection, answer.AttemptId, answer.Position, ct) is { Words.Count: > 0 } heard
            ? heard
            : throw new EvaluationException("Nothing is recognised of the recording, so there is nothing to read.", isFinal: !await Recommendations.IsListeningAsync(connection, answer.AttemptId, answer.Position, ct));
    }

    private async Task<ChatCompletion> AskAsync(ModelTask task, AnswerToJudge answer, CancellationToken ct)
    {
        ChatCompletionOptions options = new()
        {
            MaxOutputTokenCount = ModelSettings.MostOutputTokens,
            Temperature = settings.Temperature,
            ResponseFormat = settings.Schema
                ? ChatResponseFormat.CreateJsonSchemaFormat("verdict", BinaryData.FromString(task.Schema), jsonSchemaIsStrict: true)
                : ChatResponseFormat.CreateJsonObjectFormat(),
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(settings.Timeout);
        try
        {
            return (await _client.CompleteChatAsync([new SystemChatMessage(task.Instructions), new UserChatMessage(task.Question(answer))], options, limit.Token)).Value;
        }
        catch (ClientResultException refused)
        {
            throw Refused(refused);
        }
        catch (OperationCanceledException late) when (!ct.IsCancellationRequested)
        {
            throw new EvaluationException($"The provider did not answer within {settings.Timeout.TotalSeconds:0} s.", inner: late);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or System.Text.Json.JsonException or FormatException or ArgumentException or AggregateException)
        {
            throw new EvaluationException("The provider could not be reached, or its answer could not be read.", inner: broken);
        }
    }

    // Only the number: what a provider writes may quote the key or the answer.
    private static EvaluationException Refused(ClientResultException refused) => refused.Status switch
    {
        0 => new EvaluationException("The provider could not be reached.", inner: refused),
        408 or 409 or 429 or >= 500 => new EvaluationException($"The provider answered {refused.Status}.", inner: refused) { RetryAfter = PauseOf(refused.GetRawResponse()) },
        401 or 403 => new EvaluationException($"The provider answered {refused.Status}: it does not take the key.", isFinal: true, inner: refused),
        _ => new EvaluationException($"The provider answered {refused.Status}.", isFinal: true, inner: refused),
    };

    private static TimeSpan? PauseOf(PipelineResponse? response) =>
        response?.Headers.TryGetValue("retry-after", out string? text) == true && int.TryParse(text, out int seconds) && seconds is > 0 and < 3600 ? TimeSpan.FromSeconds(seconds) : null;
}
