using System.Text;

namespace Tripos.Formats.Tests;

public sealed class MediaFormatTests
{
    [Theory]
    [InlineData("bars.png", "image/png")]
    [InlineData("bars.jpg", "image/jpeg")]
    [InlineData("bars.gif", "image/gif")]
    [InlineData("bars.webp", "image/webp")]
    [InlineData("tone.mp3", "audio/mpeg")]
    [InlineData("opus.ogg", "audio/ogg")]
    [InlineData("vorbis.ogg", "audio/ogg")]
    [InlineData("tone.webm", "audio/webm")]
    [InlineData("tone.m4a", "audio/mp4")]
    [InlineData("moving.webm", null)]
    [InlineData("moving.mp4", null)]
    public void A_file_is_known_by_what_it_holds(string name, string? type) => Assert.Equal(type, MediaFormat.Recognise(Read(name))?.MediaType);

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "image/svg+xml")]
    [InlineData("\uFEFF<?xml version=\"1.0\"?>\n<!-- drawn by hand -->\n<svg/>", "image/svg+xml")]
    [InlineData("<html><svg/></html>", null)]
    [InlineData("a text that says <svg>", null)]
    [InlineData("RIFF", null)]
    [InlineData("OggS and nothing else", null)]
    [InlineData("ID3", null)]
    [InlineData("", null)]
    public void A_text_is_a_drawing_only_when_it_begins_like_one(string text, string? type) => Assert.Equal(type, MediaFormat.Recognise(Encoding.UTF8.GetBytes(text))?.MediaType);

    [Fact]
    public void No_beginning_of_a_file_and_no_noise_throws()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Fixtures.Folder(), "media")))
        {
            byte[] whole = File.ReadAllBytes(file);
            var format = MediaFormat.Recognise(whole) ?? MediaFormat.M4a;
            for (int length = 0; length < whole.Length; length += 1 + (length / 40))
            {
                var part = whole.AsSpan(0, length);
                MediaFormat.Recognise(part);
                AudioLength.OfMs(format, part);
                ImageSize.Of(format, part);
            }
        }
    }

    [Theory]
    [InlineData("tone.mp3", 1500, 1650)]
    [InlineData("opus.ogg", 1490, 1510)]
    [InlineData("vorbis.ogg", 1490, 1510)]
    [InlineData("tone.m4a", 1490, 1600)]
    public void The_length_of_a_sound_is_read_from_it(string name, int least, int most)
    {
        byte[] content = Read(name);

        Assert.InRange(AudioLength.OfMs(MediaFormat.Recognise(content)!, content)!.Value, least, most);
    }

    [Theory]
    [InlineData("bars.png")]
    [InlineData("bars.jpg")]
    [InlineData("bars.gif")]
    [InlineData("bars.webp")]
    public void The_size_of_a_picture_is_read_from_it(string name)
    {
        byte[] content = Read(name);

        Assert.Equal(new ImageSize(32, 16), ImageSize.Of(MediaFormat.Recognise(content)!, content));
    }

    [Theory]
    [InlineData("<svg width=\"40\" height=\"30px\" viewBox=\"0 0 1 1\"/>", 40, 30)]
    [InlineData("<svg width='100%' viewBox='0 0 640.4 480'/>", 640, 480)]
    [InlineData("<svg viewBox=\"0,0,20,10\"/>", 20, 10)]
    public void The_size_of_a_drawing_is_what_it_says_or_its_view(string svg, int width, int height) =>
        Assert.Equal(new ImageSize(width, height), ImageSize.Of(MediaFormat.Svg, Encoding.UTF8.GetBytes(svg)));

    [Theory]
    [InlineData("audio/webm;codecs=opus", "webm")]
    [InlineData(" Audio/MP4 ; codecs=mp4a", "m4a")]
    [InlineData("video/webm", null)]
    [InlineData("", null)]
    public void A_type_is_found_without_its_parameters(string type, string? extension) => Assert.Equal(extension, MediaFormat.Find(type)?.Extension);

    private static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Fixtures.Folder(), "media", name));
}
