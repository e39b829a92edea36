namespace Tripos.Formats.Tests; public sealed class PlaceholderTests { [Fact] public void True() => Assert.True(true); }
