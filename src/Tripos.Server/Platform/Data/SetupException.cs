namespace Tripos.Server.Platform.Data;

/// <summary>Tripos cannot run here as it is set up; the message says what is wrong and what to do, and is shown without a stack trace.</summary>
public sealed class SetupException(string message, Exception? inner = null) : Exception(message, inner);
