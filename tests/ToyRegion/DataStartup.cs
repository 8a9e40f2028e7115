using EduAssist.Data;

namespace EduAssist.ToyRegion;

/// <summary>The toy has no reference data; it has a demo.</summary>
internal sealed class DataStartup : IDataStartup
{
    public Task DemoAsync(UnitOfWork work) => new DemoData(work).FillAsync();
}
