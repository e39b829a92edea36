Console.WriteLine("Tripos bench");
