namespace Tripos.Server.Features.Catalog;

public static class CatalogFeature
{
    public static IServiceCollection AddCatalog(this IServiceCollection services) => services
        .AddSingleton(_ => SpellingDictionaries.Load())
        .AddSingleton<QuestionVersions>();
}
