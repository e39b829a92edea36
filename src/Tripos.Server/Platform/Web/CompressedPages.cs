using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Tripos.Server.Platform.Web;

/// <summary>
/// A page that may be compressed although it carries a token, because it repeats nothing of the request: whoever cannot put text
/// into it learns nothing from its length.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CompressedAttribute : Attribute;

/// <summary>Compresses pages that say so, beside the files the options name.</summary>
internal sealed class CompressedPages(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    public override bool ShouldCompressResponse(HttpContext context) =>
        base.ShouldCompressResponse(context) || context.GetEndpoint()?.Metadata.GetMetadata<CompressedAttribute>() is not null;
}
