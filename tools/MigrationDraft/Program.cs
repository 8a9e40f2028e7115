using EduAssist.Kernel.Calendar;
using EduAssist.Kernel.Provisions;
using EduAssist.MigrationDraft;

// Drafts the next migration of a module: dotnet run --project tools/MigrationDraft -- Chuxiong Remarks
if (args is not [var module, var name])
{
    Console.Error.WriteLine(
        $"MigrationDraft MODULE NAME: drafts the migration NAME. Modules: {string.Join(", ", Declared.Names)}"
    );
    return 1;
}

try
{
    var declared = Declared.Load(module);
    var id = declared.IdOf(module);
    if (declared.Home(id) is not var (last, space))
    {
        Console.Error.WriteLine($"{module} has no tables.");
        return 0;
    }

    var draft = declared.Next(id, Heading.After(last, name, space, new Today(TimeProvider.System).Date));
    if (draft is null)
        Console.Error.WriteLine($"{module} needs no migration: its migrations make what its tables declare.");
    Console.Out.Write(draft);
    return 0;
}
catch (Exception refused) when (refused is NotSupportedException or OperatorException or FileNotFoundException)
{
    Console.Error.WriteLine(refused.Message);
    return 1;
}
