namespace Tripos.Formats.Tests;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("Module 2 Quiz_20250610_v1.json", "quiz", "Module 2 Quiz")]
    [InlineData("Module 2 Quiz_v20250714_v1.json", "quiz", "Module 2 Quiz")]
    [InlineData("quiz_test_exam.json", "quiz", "quiz test exam")]
    [InlineData("Final Test Exam.html", "test", "Final Test Exam")]
    [InlineData("folder/final_exam_2025-06-10 (1).json", "exam", "final exam")]
    [InlineData("C:\\x\\Checkpoint v1.2.json", "assessment", "Checkpoint")]
    [InlineData("latest example.json", "assessment", "latest example")]
    [InlineData("20250610.json", "assessment", "20250610")]
    [InlineData(".json", "assessment", "Untitled")]
    public void The_name_tells_type_and_title(string file, string type, string title) =>
        Assert.Equal((type, title), (FileNames.TypeOf(file), FileNames.TitleOf(file)));
}
