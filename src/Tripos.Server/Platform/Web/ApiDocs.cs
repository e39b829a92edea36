using Microsoft.AspNetCore.OpenApi;

namespace Tripos.Server.Platform.Web;

/// <summary>The description of the API for programs at /openapi/v1.json, and for people at /docs.</summary>
internal static class ApiDocs
{
    public static void AddApiDocs(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = endpoint => endpoint.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal));
        // Every use case has its own Request: they are told apart by the use case.
        options.CreateSchemaReferenceId = json => OpenApiOptions.CreateDefaultSchemaReferenceId(json) is { } name && json.Type is { IsNested: true, DeclaringType: { } useCase }
            ? useCase.Name + name
            : OpenApiOptions.CreateDefaultSchemaReferenceId(json);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Tripos";
            document.Info.Version = "v1";
            document.Info.Description = "Exam preparation and assessment. Sign in with the session cookie, or with a personal token: Authorization: Bearer …";
            document.Servers = []; // relative to wherever this server is reached
            return Task.CompletedTask;
        });
    });

    public static void MapApiDocs(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
}
