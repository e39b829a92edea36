using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Tripos.Formats;

/// <summary>Reduces a drawing to an allow-list of shapes, texts and their looks: nothing that runs, moves, links or loads.</summary>
/// <remarks>Sanitising twice gives the same as sanitising once. Elements that are not on the list go with everything in them.</remarks>
public static partial class SvgSanitizer
{
    private const string Svg = "http://www.w3.org/2000/svg";
    private const string XLink = "http://www.w3.org/1999/xlink";
    private const int LongestDrawing = 5 * 1024 * 1024;
    private const int Deepest = 200;

    private static readonly FrozenSet<string> Elements = Set(
        "svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath linearGradient radialGradient stop clipPath mask pattern marker image style");

    private static readonly FrozenSet<string> Attributes = Set(
        "id class role lang x y x1 y1 x2 y2 cx cy r rx ry fx fy width height d points transform viewBox preserveAspectRatio version "
        + "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit "
        + "opacity color display visibility overflow vector-effect paint-order shape-rendering text-rendering "
        + "font-family font-size font-style font-weight font-variant letter-spacing word-spacing text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift "
        + "dx dy rotate textLength lengthAdjust startOffset writing-mode direction unicode-bidi "
        + "gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity clip-path clip-rule clipPathUnits mask maskUnits maskContentUnits "
        + "patternUnits patternContentUnits patternTransform marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY orient "
        + "style aria-label aria-labelledby aria-describedby aria-hidden");

    /// <summary>Sanitises a drawing.</summary>
    /// <param name="content">An SVG file.</param>
    /// <returns>The drawing as UTF-8 without declaration; null when it is not well-formed SVG.</returns>
    public static byte[]? Sanitize(ReadOnlyMemory<byte> content)
    {
        XmlReaderSettings reading = new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = LongestDrawing, IgnoreComments = true, IgnoreProcessingInstructions = true };
        XmlWriterSettings writing = new() { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.None };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(content.ToArray()), reading);
            using MemoryStream output = new();
            using (var writer = XmlWriter.Create(output, writing))
            {
                if (reader.MoveToContent() != XmlNodeType.Element || reader.LocalName != "svg" || !IsDrawing(reader))
                {
                    return null;
                }

                Copy(reader, writer);
            }

            return output.ToArray();
        }
        catch (Exception fault) when (fault is XmlException or ArgumentException)
        {
            return null;
        }
    }

    private static void Copy(XmlReader reader, XmlWriter writer)
    {
        for (bool more = true; more;)
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when !IsDrawing(reader) || !Elements.Contains(reader.LocalName) || reader.Depth > Deepest:
                    reader.Skip(); // which moves on
                    more = !reader.EOF;
                    continue;
                case XmlNodeType.Element when reader.LocalName == "style":
                    WriteStyle(reader, writer);
                    more = !reader.EOF;
                    continue;
                case XmlNodeType.Element:
                    WriteElement(reader, writer);
                    break;
                case XmlNodeType.EndElement:
                    writer.WriteFullEndElement();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace when reader.Depth > 0: // not the line end after the drawing
                    writer.WriteString(reader.Value);
                    break;
            }

            more = reader.Read();
        }
    }

    private static void WriteElement(XmlReader reader, XmlWriter writer)
    {
        bool isEmpty = reader.IsEmptyElement;
        string element = reader.LocalName;
        writer.WriteStartElement(element, Svg);
        while (reader.MoveToNextAttribute())
        {
            if (reader.LocalName == "href" && reader.NamespaceURI is "" or XLink)
            {
                if (IsSafeTarget(element, reader.Value))
                {
                    writer.WriteAttributeString("href", reader.Value.Trim());
                }
            }
            else if (reader.NamespaceURI.Length == 0 && reader.Prefix.Length == 0 && Attributes.Contains(reader.LocalName) && IsHarmless(reader.Value))
            {
                writer.WriteAttributeString(reader.LocalName, reader.Value);
            }
        }

        reader.MoveToElement();
        if (isEmpty)
        {
            writer.WriteEndElement();
        }
    }

    private static void WriteStyle(XmlReader reader, XmlWriter writer)
    {
        // With elements in it, it is not a style sheet.
        if (reader.IsEmptyElement)
        {
            reader.Skip();
            return;
        }

        string text = "";
        int depth = reader.Depth;
        bool isText = true;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            isText &= reader.NodeType != XmlNodeType.Element;
            text += reader.Value;
        }

        reader.Read();
        if (isText && IsHarmless(text) && !text.Contains('@', StringComparison.Ordinal))
        {
            writer.WriteElementString("style", Svg, text);
        }
    }

    private static bool IsDrawing(XmlReader reader) => reader.NamespaceURI is Svg or "";

    /// <summary>Parts of the drawing itself, and for pictures in it the picture.</summary>
    private static bool IsSafeTarget(string element, string target) =>
        element == "image" ? DataImage().IsMatch(target.Trim()) : Fragment().IsMatch(target.Trim());

    /// <summary>Whether a value loads nothing: every url() is a part of the drawing, and no escape hides one.</summary>
    private static bool IsHarmless(string value) =>
        !value.Contains('\\', StringComparison.Ordinal) && !value.Contains("/*", StringComparison.Ordinal)
        && !Loader().IsMatch(LocalUrl().Replace(value, ""));

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^#[^\s""'()]+$")]
    private static partial Regex Fragment();

    [GeneratedRegex("^data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\\s]+$")]
    private static partial Regex DataImage();

    [GeneratedRegex(@"url\(\s*[""']?#[^\s""'()]+[""']?\s*\)", RegexOptions.IgnoreCase)]
    private static partial Regex LocalUrl();

    [GeneratedRegex(@"url\s*\(|src\s*\(|image(?:-set)?\s*\(|expression\s*\(|javascript:|-moz-binding|behavior\s*:|@import", RegexOptions.IgnoreCase)]
    private static partial Regex Loader();
}
